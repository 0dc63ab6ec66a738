import { and, eq, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { mitigations } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { liftMany } from "@/server/holds";
import { noteOnIncident } from "@/server/incidents";
import type { Json } from "@/server/kernel/json";
import type { MitigationContext } from "./carry-out";
import { END_WORDS, type Figures, type MitigationEnd, leverWords } from "./domain/mitigation";
import { tellThrottle } from "./throttle";

/**
 * Ends a mitigation that is on, in the caller's transaction: its holds are lifted, its throttle is gone. False where another
 * was first.
 */
export async function endMitigation(
  tx: Tx,
  ctx: MitigationContext,
  { id, end, now: figures }: { id: string; end: MitigationEnd; now: Figures },
): Promise<boolean> {
  const { tenantId, clock, newId, requestId, actor } = ctx;
  const now = clock.now();
  const [ended] = await tx
    .update(mitigations)
    .set({ end, endedBy: actor, endedAt: now })
    .where(and(eq(mitigations.tenantId, tenantId), eq(mitigations.id, id), isNull(mitigations.endedAt)))
    .returning();
  if (ended === undefined) return false;
  const { incidentId, lever, holdIds, concurrentRuns } = ended;
  const lifted = await liftMany(tx, { ...ctx, now }, holdIds);
  if (concurrentRuns !== null) await tellThrottle(tx, tenantId);
  const facts = { mitigation: id, end, lifted, figures } as unknown as Json;
  await noteOnIncident(tx, ctx, {
    ...{ incidentId, kind: "mitigation", source: "mitigation", facts },
    text: `${leverWords(lever)}: ended, ${END_WORDS[end]}.`,
  });
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, action: "mitigation.end" },
    ...{ subject: `incident:${incidentId}`, body: { requestId, detail: facts } },
  });
  return true;
}
