import { count, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tenants } from "@/db/schema";
import { type Tx, withSystem } from "@/db/tenancy";
import type { Licence } from "@/policies/entitlements/licence";
import { limitReached } from "@/server/kernel/errors";

/**
 * Refuses one tenant more than the licence of the deployment allows (LimitReached). Who makes a tenant waits for whoever is
 * making one, until that is committed, so that both are counted.
 */
export async function requireTenantPlace(
  tx: Tx,
  ctx: { database: Database },
  licence: Pick<Licence, "tenants"> | null,
): Promise<void> {
  const most = licence?.tenants ?? null;
  if (most === null) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('entitlements:tenants', 0))`);
  const [row] = await withSystem(ctx, "count-tenants", (system) => system.select({ there: count() }).from(tenants));
  const there = row?.there ?? 0;
  if (there < most) return;
  throw limitReached(`The licence of this deployment allows ${most} tenants, and ${there} are there.`, {
    ...{ reason: "tenants", limit: most, taken: there },
  });
}
