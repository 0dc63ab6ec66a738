import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { runs, sentEvents, triggers } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import { isObject, type Json } from "@/server/kernel/json";
import { Refusal } from "@/server/kernel/errors";
import { conditionHolds } from "@/server/platform/condition";
import { getRun } from "@/server/runs";
import type { CallContext, TenantContext } from "@/server/verb";
import { type EventSettings, RUN_FINISHED } from "./domain/kinds";
import { depthOf } from "./depth";
import { DEPTH_MAX } from "./domain/loop";
import { claimFires, fireKey, type FireRow, refusalOf } from "./fires";
import { startPendingFire } from "./fire-schedules";
import type { TriggerRow } from "./load";
import { mapInput } from "./map-input";
import { declaredInput } from "./prepare-settings";
import { findLiveTrigger } from "./trigger-context";

/** Something that happened in a tenant and may start runs: a run that finished, or an event that a program sent. */
export interface Happened {
  tenantId: string;
  eventId: string;
  /** Set where a run finished. */
  runId?: string;
}

interface Known {
  name: string;
  /** What the triggers see of it; null where each reads it with its own rights. */
  data: Json | null;
  sourceWorkflowId: string | null;
  status: string | null;
  runId: string | null;
  /** Of the run that finished: how many triggers led to it. */
  depth: number;
}

async function look(tx: Tx, { tenantId, eventId, runId }: Happened): Promise<Known | null> {
  if (runId !== undefined) {
    const [run] = await tx
      .select()
      .from(runs)
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId)));
    if (run === undefined) return null;
    const known = { name: RUN_FINISHED, data: null, sourceWorkflowId: run.workflowId, status: run.status, runId };
    return { ...known, depth: await depthOf(tx, run) };
  }
  const [sent] = await tx
    .select()
    .from(sentEvents)
    .where(and(eq(sentEvents.tenantId, tenantId), eq(sentEvents.id, eventId)));
  return sent === undefined
    ? null
    : { name: sent.name, data: sent.data, sourceWorkflowId: null, status: null, runId: null, depth: 0 };
}

async function subscribed(tx: Tx, tenantId: string, { name, sourceWorkflowId, status }: Known): Promise<TriggerRow[]> {
  const rows = await tx
    .select()
    .from(triggers)
    .where(
      and(
        ...[eq(triggers.tenantId, tenantId), eq(triggers.eventName, name), eq(triggers.isEnabled, true)],
        isNull(triggers.deletedAt),
        sourceWorkflowId === null ? undefined : eq(triggers.sourceWorkflowId, sourceWorkflowId),
      ),
    );
  return rows.filter((row) => {
    const { statuses } = row.settings as EventSettings;
    return statuses.length === 0 || statuses.some((wanted) => wanted === status);
  });
}

/** The event's data as this trigger may see it; throws Forbidden, on record, where the run is above its clearance. */
async function dataFor(ctx: TenantContext, { data, runId }: Known): Promise<Record<string, Json>> {
  if (runId === null) return isObject(data) ? data : {};
  const { status, workflow, output, endedAt } = await getRun(ctx, { runId });
  return { runId, workflow: workflow.slug, status, output: output ?? null, endedAt };
}

type Outcome = Pick<FireRow, "status" | "refusal" | "payload">;

async function outcomeFor(ctx: TenantContext, trigger: TriggerRow, known: Known, id: string): Promise<Outcome | null> {
  try {
    const data = await dataFor(ctx, known);
    const seen = { event: { id, name: known.name, data } };
    const { condition, expression } = trigger.settings as EventSettings;
    if (!(await conditionHolds(condition, seen, ctx.tenantId))) return null;
    const declared = await withTenant(ctx, (tx) =>
      declaredInput({ ctx, tx, now: ctx.clock.now() }, trigger.workflowId),
    );
    const from = { tenantId: ctx.tenantId, from: data };
    const payload = await mapInput({ expression, declared: declared ?? {} }, seen, from);
    return { status: "pending", refusal: null, payload };
  } catch (error) {
    const refusal = error instanceof Refusal ? refusalOf(error) : null;
    if (refusal === null) throw error;
    return { status: "refused", refusal, payload: null };
  }
}

const TOO_DEEP: Outcome = {
  status: "refused",
  refusal: {
    code: "depth",
    message: `Triggers started ${DEPTH_MAX} runs one after the other already, so this chain goes no further.`,
  },
  payload: null,
};

/** Puts a fire on record; where a chain was stopped, with a receipt. False for one that was there already. */
async function record(ctx: TenantContext, trigger: TriggerRow, known: Known, eventId: string, outcome: Outcome) {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const key = fireKey(trigger.id, eventId);
  await withTenant(ctx, async (tx) => {
    const cause = { depth: known.depth + 1, sourceRunId: known.runId };
    const fire = { tenantId, triggerId: trigger.id, key, firedAt: now, ...cause, ...outcome };
    const [claimed] = await claimFires(tx, [{ ...fire, settledAt: outcome.status === "refused" ? now : null }]);
    if (claimed === undefined || outcome !== TOO_DEEP) return;
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: `trigger:${trigger.id}` },
      ...{ action: "trigger.stop", subject: `run:${known.runId ?? ""}` },
      body: {
        detail: { depth: known.depth, most: DEPTH_MAX, workflowId: trigger.workflowId },
        requestId: ctx.requestId,
      },
    });
  });
  return { tenantId, triggerId: trigger.id, key };
}

/** Of these tenants, those in which some event may start something: most events concern nobody. */
export async function tenantsThatListen({ database }: Pick<CallContext, "database">, tenantIds: readonly string[]) {
  const rows = await withSystem({ database }, "fire-triggers", (tx) =>
    tx
      .selectDistinct({ tenantId: triggers.tenantId })
      .from(triggers)
      .where(
        and(
          ...[inArray(triggers.tenantId, [...tenantIds]), isNotNull(triggers.eventName), isNull(triggers.deletedAt)],
          eq(triggers.isEnabled, true),
        ),
      ),
  );
  return new Set(rows.map(({ tenantId }) => tenantId));
}

/**
 * Starts what subscribes to something that happened: one run per trigger, however often this is repeated. A chain of
 * triggers that is as long as it may be goes no further. Returns how many triggers it concerned.
 */
export async function fireEvent(call: CallContext, happened: Happened): Promise<number> {
  const { tenantId, eventId } = happened;
  const found = await withTenant({ database: call.database, tenantId }, async (tx) => {
    const known = await look(tx, happened);
    return known === null ? null : { known, concerned: await subscribed(tx, tenantId, known) };
  });
  if (found === null) return 0;
  const { known, concerned } = found;
  for (const { id: triggerId } of concerned) {
    const live = await findLiveTrigger(call, { tenantId, triggerId });
    if (live === null) continue;
    const { ctx, trigger } = live;
    const outcome = known.depth >= DEPTH_MAX ? TOO_DEEP : await outcomeFor(ctx, trigger, known, eventId);
    if (outcome !== null) await startPendingFire(call, await record(ctx, trigger, known, eventId, outcome));
  }
  return concerned.length;
}
