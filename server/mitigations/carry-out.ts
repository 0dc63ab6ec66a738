import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { holds, mitigations } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { RISK_PROFILES, type RiskProfile } from "@/policies/access/vocabulary";
import { type HeldThing, holdMany } from "@/server/holds";
import type { HoldKind } from "@/server/holds/domain/hold";
import { noteOnIncident } from "@/server/incidents";
import type { Clock } from "@/server/kernel/clock";
import type { Sli } from "@/server/slos/domain/sli";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import { type Figures, type Lever, leverWords, throttledTo } from "./domain/mitigation";
import { findRisky } from "./find-risky";
import { tellThrottle } from "./throttle";

/** Who changes mitigations in a transaction of the tenant. */
export interface MitigationContext {
  tenantId: string;
  clock: Clock;
  newId: NewId;
  requestId: string;
  /** A reference, as receipts name actors. */
  actor: string;
}

export interface Wanted {
  incidentId: string;
  lever: Lever;
  reason: string;
  /** Minutes after which it ends by itself. */
  minutes: number;
  ruleId: string | null;
  /** The objective whose alert it answers; null: it is somebody's own idea. */
  sli: Sli | null;
  isDrill: boolean;
  before: Figures;
}

async function heldBy(tx: Tx, tenantId: string, lever: Lever): Promise<HeldThing[]> {
  if (lever.kind !== "pause" && lever.kind !== "kill") return [];
  if ("executionClass" in lever) return [{ scope: "class", executionClass: lever.executionClass }];
  return (await findRisky(tx, tenantId, lever)).map(({ id }) => ({ scope: "workflow", workflowId: id }));
}

/** Holds on these things that other mitigations have set and still need: each is lifted with the last that names it. */
async function sharedHolds(tx: Tx, tenantId: string, kind: HoldKind, on: readonly HeldThing[]): Promise<string[]> {
  const workflowIds = on.flatMap((thing) => (thing.scope === "workflow" ? [thing.workflowId] : []));
  const classes = on.flatMap((thing) => (thing.scope === "class" ? [thing.executionClass] : []));
  const rows = await tx
    .select({ id: holds.id })
    .from(holds)
    .where(
      and(
        ...[eq(holds.tenantId, tenantId), eq(holds.kind, kind), isNull(holds.liftedAt)],
        or(inArray(holds.workflowId, workflowIds), inArray(holds.executionClass, classes)),
        sql`exists (select from ${mitigations} where ${mitigations.tenantId} = ${tenantId}
          and ${mitigations.endedAt} is null and ${holds.id} = any(${mitigations.holdIds}))`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** From which rank of risk on starts are approved: in a drill from one that there is not. */
const approvalRank = (risk: RiskProfile, isDrill: boolean): number =>
  isDrill ? RISK_PROFILES.length : RISK_PROFILES.indexOf(risk);

/**
 * Carries out a mitigation in the caller's transaction, which has been authorised: a throttle, or holds, or that starts
 * ask first. It is on the incident's timeline and in the record, with how things stood before.
 */
export async function carryOut(tx: Tx, ctx: MitigationContext, wanted: Wanted): Promise<string> {
  const { tenantId, clock, newId, requestId, actor } = ctx;
  const { incidentId, lever, reason, minutes, ruleId, sli, isDrill, before } = wanted;
  const now = clock.now();
  const id = newId("mitigation");
  const hold = { kind: lever.kind === "kill" ? "kill" : "pause", reason } as const;
  const wouldHold = await heldBy(tx, tenantId, lever);
  // A drill takes the same way and holds nothing back: no run of a customer's waits for a rehearsal.
  const holdIds = isDrill
    ? []
    : [
        ...(await holdMany(tx, { ...ctx, now }, { ...hold, on: wouldHold })),
        ...(await sharedHolds(tx, tenantId, hold.kind, wouldHold)),
      ];
  const throttled = lever.kind === "throttle" ? throttledTo(lever.toPercent, before) : null;
  const concurrentRuns = throttled !== null && isDrill ? before.limit : throttled;
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  await tx.insert(mitigations).values({
    ...{
      tenantId,
      id,
      incidentId,
      kind: lever.kind,
      lever,
      holdIds,
      concurrentRuns,
      reason,
      ruleId,
      sli,
      before,
      isDrill,
    },
    approvalRisk: lever.kind === "require_approval" ? approvalRank(lever.risk, isDrill) : null,
    wouldHold: wouldHold.length,
    ...{ appliedBy: actor, appliedAt: now, expiresAt },
  });
  if (concurrentRuns !== null) await tellThrottle(tx, tenantId);
  const facts = {
    mitigation: id,
    lever,
    holds: holdIds,
    concurrentRuns,
    minutes,
    rule: ruleId,
    before,
  } as unknown as Json;
  const what = concurrentRuns === null ? leverWords(lever) : `${leverWords(lever)}: ${concurrentRuns} at a time`;
  const held = holdIds.length === 0 ? "" : `, ${holdIds.length} ${holdIds.length === 1 ? "hold" : "holds"} set`;
  await noteOnIncident(tx, ctx, {
    ...{ incidentId, kind: "mitigation", source: "mitigation", facts },
    text: `${what}${held}, for ${minutes} minutes. ${reason}`,
  });
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, action: "mitigation.apply" },
    ...{ subject: `incident:${incidentId}`, body: { requestId, detail: facts } },
  });
  return id;
}
