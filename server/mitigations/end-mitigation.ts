import { and, arrayOverlaps, eq, inArray, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { holds, mitigations } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { liftMany } from "@/server/holds";
import { noteOnIncident } from "@/server/incidents";
import { conflict } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { MitigationContext } from "./carry-out";
import { END_WORDS, type Figures, type MitigationEnd, leverWords } from "./domain/mitigation";
import { tellThrottle } from "./throttle";

/** Those of these holds that no other mitigation that is on still needs. */
async function withoutShared(tx: Tx, tenantId: string, holdIds: readonly string[]): Promise<string[]> {
  if (holdIds.length === 0) return [];
  const others = await tx
    .select({ holdIds: mitigations.holdIds })
    .from(mitigations)
    .where(
      and(
        ...[eq(mitigations.tenantId, tenantId), isNull(mitigations.endedAt)],
        arrayOverlaps(mitigations.holdIds, [...holdIds]),
      ),
    );
  const needed = new Set(others.flatMap((other) => other.holdIds));
  return holdIds.filter((id) => !needed.has(id));
}

async function areOn(tx: Tx, tenantId: string, holdIds: readonly string[]): Promise<boolean> {
  const on = await tx
    .select({ id: holds.id })
    .from(holds)
    .where(and(eq(holds.tenantId, tenantId), inArray(holds.id, [...holdIds]), isNull(holds.liftedAt)));
  return on.length > 0;
}

/**
 * Ends a mitigation that is on, in the caller's transaction: its holds are lifted, but for those that another
 * mitigation still needs, and its throttle is gone. False where another was first. Throws Conflict while its kill still ends runs.
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
  const own = await withoutShared(tx, tenantId, holdIds);
  const lifted = await liftMany(tx, { ...ctx, now }, own);
  if (ended.kind === "kill" && (await areOn(tx, tenantId, own)))
    throw conflict("The kill still ends runs. Undo it once they have all ended, in a moment.");
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
