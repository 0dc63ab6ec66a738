import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { audits } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { keepRequest } from "@/server/bundles";
import type { CollectContext } from "@/server/evidence";

/** How far back the bundle of an audit reaches, in milliseconds. */
const PERIOD_MS = 90 * 86_400_000;

/**
 * Has an audit that has ended sealed into a bundle of its own tag; repeated, it gives the bundle that there is. Throws Conflict
 * while another bundle of the tenant is being built.
 */
export async function sealAudit(ctx: CollectContext & { database: Database }, auditId: string): Promise<string | null> {
  const { tenantId, clock, newId, actor: requestedBy } = ctx;
  return withTenant(ctx, async (tx) => {
    const own = and(eq(audits.tenantId, tenantId), eq(audits.id, auditId));
    const [audit] = await tx.select().from(audits).where(own).for("update");
    if (audit === undefined || audit.endedAt === null || audit.bundleId !== null) return audit?.bundleId ?? null;
    const now = clock.now();
    const period = { from: new Date(now.getTime() - PERIOD_MS), to: now };
    const asked = { tag: "Conductor_Internal_Audit", isDryRun: false, ...period } as const;
    const { bundleId, event } = await keepRequest(tx, { tenantId, newId, now, requestedBy }, asked);
    await tx.update(audits).set({ bundleId }).where(own);
    recordEvents(tx, tenantId, newId, [event]);
    return bundleId;
  });
}
