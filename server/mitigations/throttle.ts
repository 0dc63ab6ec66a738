import { and, eq, isNull, sql } from "drizzle-orm";
import { mitigations, tenantQuotas } from "@/db/schema";
import type { Tx } from "@/db/tenancy";

/** Lets claims know the strictest throttle that is on; none where none is. Called in the transaction that changes which are. */
export async function tellThrottle(tx: Tx, tenantId: string): Promise<void> {
  const [strictest] = await tx
    .select({ runs: sql<number | null>`min(${mitigations.concurrentRuns})` })
    .from(mitigations)
    .where(and(eq(mitigations.tenantId, tenantId), isNull(mitigations.endedAt)));
  const guardConcurrentRuns = strictest?.runs ?? null;
  await tx
    .insert(tenantQuotas)
    .values({ tenantId, guardConcurrentRuns })
    .onConflictDoUpdate({ target: tenantQuotas.tenantId, set: { guardConcurrentRuns } });
}
