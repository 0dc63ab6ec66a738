import { and, eq, isNull, sql } from "drizzle-orm";
import { mitigations, tenantQuotas } from "@/db/schema";
import type { Tx } from "@/db/tenancy";

/**
 * Lets claims know the strictest throttle that is on; none where none is. Called in the transaction that changes which are: one after the
 * other, so that none writes the limit of a mitigation that another has ended. A drill's holds nothing back, and is left out.
 */
export async function tellThrottle(tx: Tx, tenantId: string): Promise<void> {
  await tx.insert(tenantQuotas).values({ tenantId }).onConflictDoNothing();
  await tx
    .select({ tenantId: tenantQuotas.tenantId })
    .from(tenantQuotas)
    .where(eq(tenantQuotas.tenantId, tenantId))
    .for("update");
  const [strictest] = await tx
    .select({ runs: sql<number | null>`min(${mitigations.concurrentRuns})` })
    .from(mitigations)
    .where(and(eq(mitigations.tenantId, tenantId), isNull(mitigations.endedAt), eq(mitigations.isDrill, false)));
  const guardConcurrentRuns = strictest?.runs ?? null;
  await tx.update(tenantQuotas).set({ guardConcurrentRuns }).where(eq(tenantQuotas.tenantId, tenantId));
}
