import { and, desc, eq, inArray } from "drizzle-orm";
import { controlCollections, controlFacts, evidenceItems } from "@/db/schema";
import { CONTROLS } from "@/policies/controls";
import { loadEvidence } from "@/server/evidence";
import { actorRef } from "@/server/kernel/actor";
import { notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineRead, defineWrite, noInput, type Scope } from "@/server/verb";
import { nameReferences } from "@/server/receipts";
import { controlStatuses } from "./control-statuses";
import { exceptionState } from "./domain/exception";
import type { ControlStatus } from "./domain/status";
import { controlsDue } from "./events";
import { exceptionsOf } from "./exceptions-of";
import { beginCollection } from "./probe-controls";
import { controlSchema, listControlsSchema } from "./schemas";

const dtoOf = ({ control, state, why, evidenceIds, observedAt, nextDueAt, exception }: ControlStatus) => ({
  ...{
    ...control,
    state,
    evidenceIds,
    why: why.map(({ at, ...rest }) => ({ ...rest, at: at?.toISOString() ?? null })),
  },
  ...{ observedAt: observedAt?.toISOString() ?? null, nextDueAt: nextDueAt?.toISOString() ?? null },
  exception: exception === null ? null : { reason: exception.reason, expiresAt: exception.expiresAt.toISOString() },
});

/** The look at all controls that is under way, or was last: how far it is. */
async function lastCollection({ ctx, tx }: Pick<Scope, "ctx" | "tx">) {
  const [last] = await tx
    .select()
    .from(controlCollections)
    .where(eq(controlCollections.tenantId, ctx.tenantId))
    .orderBy(desc(controlCollections.askedAt), desc(controlCollections.id))
    .limit(1);
  if (last === undefined) return null;
  const { done, total, askedAt, endedAt } = last;
  return { done, total, askedAt: askedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

/** Every control with its state at a moment, gaps first, and the last look at them. */
export const listControls = defineRead({
  action: "evidence.read",
  input: listControlsSchema,
  load: loadEvidence,
  read: async (scope, { at }) => {
    const { ctx, tx, now } = scope;
    const { catalogueVersion, statuses } = await controlStatuses(tx, ctx.tenantId, at ?? now);
    return { catalogueVersion, rows: statuses.map(dtoOf), collection: await lastCollection(scope) };
  },
});

/** Every time that somebody accepted the gap of a control, newest first: who, why, until when, and what became of it. */
async function exceptionsTold(scope: Scope, control: string) {
  const rows = await exceptionsOf(scope.tx, scope.ctx.tenantId, control);
  const names = await nameReferences(
    scope,
    rows.map(({ recordedBy }) => recordedBy),
  );
  return rows.map(({ id, reason, recordedBy, recordedAt, expiresAt, endedAt }) => ({
    ...{ id, reason, by: names.get(recordedBy)?.name ?? recordedBy, recordedAt: recordedAt.toISOString() },
    ...{ expiresAt: expiresAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    state: exceptionState({ expiresAt, endedAt }, scope.now),
  }));
}

/** The newest facts of a control that are shown. */
const HISTORY = 30;

/** One control with its state now, what its probes found lately, and the evidence that it rests on. Throws NotFound. */
export const getControl = defineRead({
  action: "evidence.read",
  input: controlSchema,
  load: loadEvidence,
  read: async (scope, { control }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    const { statuses } = await controlStatuses(tx, tenantId, now);
    const status = statuses.find((each) => each.control.id === control);
    if (status === undefined) throw notFound("control");
    const history = await tx
      .select()
      .from(controlFacts)
      .where(and(eq(controlFacts.tenantId, tenantId), eq(controlFacts.control, control)))
      .orderBy(desc(controlFacts.observedAt), desc(controlFacts.id))
      .limit(HISTORY);
    const { evidenceIds } = status;
    const evidence =
      evidenceIds.length === 0
        ? []
        : await tx
            .select()
            .from(evidenceItems)
            .where(and(eq(evidenceItems.tenantId, tenantId), inArray(evidenceItems.id, evidenceIds)))
            .orderBy(desc(evidenceItems.id));
    return {
      ...dtoOf(status),
      exceptions: await exceptionsTold(scope, control),
      areaTitle: CONTROLS.areas[status.control.area],
      history: history.map(({ id, probe, outcome, reason, facts, observedAt }) => ({
        ...{ id, probe, outcome, reason, facts, observedAt: observedAt.toISOString() },
      })),
      evidence: evidence.map(({ id, kind, title, digest, collectedAt }) => ({
        ...{ id, kind, title, digest, collectedAt: collectedAt.toISOString() },
      })),
    };
  },
});

/** Has every control looked at now, besides each day. Needs the compliance pack (NotEntitled). */
export const askControls = defineWrite({
  action: "evidence.collect",
  receipt: "control.ask",
  feature: "compliance-pack",
  input: noInput,
  load: loadEvidence,
  write: async ({ ctx, tx, now }) => {
    const { tenantId, newId, actor } = ctx;
    const { collectionId, isNew } = await beginCollection(tx, { tenantId, newId, now, askedBy: actorRef(actor) });
    const events = isNew ? [eventOf(controlsDue, { tenantId, collectionId })] : [];
    return { value: { collectionId }, events };
  },
});
