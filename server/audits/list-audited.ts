import type { Database } from "@/db/client";
import { tenants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { closedFor } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";

/** Tenants that are audited each week: those whose plan has the internal audit now. */
export async function listAudited({ database, clock }: { database: Database; clock: Clock }): Promise<string[]> {
  const everyTenant = await withSystem({ database }, "run-audits", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).orderBy(tenants.tenantId),
  );
  const audited: string[] = [];
  for (const { tenantId } of everyTenant) {
    const asked = { tenantId, feature: "internal-audit", use: "run" } as const;
    const closed = await withTenant({ database, tenantId }, (tx) => closedFor(tx, asked, clock.now()));
    if (closed === null) audited.push(tenantId);
  }
  return audited;
}
