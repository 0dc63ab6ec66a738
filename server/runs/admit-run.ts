import type { z } from "zod";
import { and, eq, type Placeholder, sql } from "drizzle-orm";
import { expectHold } from "@/db/gate";
import { prepared, preparedSql } from "@/db/prepared";
import { runs, type workflowVersions } from "@/db/schema";
import { sendLast } from "@/db/tenancy";
import type { Decision } from "@/policies/access/decide";
import { RISK_PROFILES, type RiskProfile } from "@/policies/access/vocabulary";
import type { Stage } from "@/server/approvals/domain/chain";
import type { HoldKind } from "@/server/holds/domain/hold";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, limitReached, must, preconditionFailed, Refusal } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson, type Json } from "@/server/kernel/json";
import { traceParent } from "@/server/platform/trace";
import { reachQuota } from "@/server/quotas";
import type { Scope, Verb } from "@/server/verb";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import { admitted, isWaiting } from "./domain/lifecycle";
import { runStarted } from "./events";
import { openApproval } from "./open-approval";
import { ANY_ROOM, type PlanRoom, roomInPlan } from "./room-in-plan";

/** The version that a run is to follow, and the hold that was on when it was read. */
type Followed = Pick<
  typeof workflowVersions.$inferSelect,
  | ("tenantId" | "number" | "contentHash" | "environment" | "region" | "riskProfile" | "businessUnit")
  | ("dataSensitivity" | "importance")
> & {
  versionId: string;
  hold: HoldKind | null;
  /** Runs of the tenant that were queued then, and how many there may be. */
  queued: number;
  mostQueued: number;
  /** Who must approve its start; null: nobody. */
  startStages: readonly Stage[] | null;
};

/** Whom a mitigation has a start ask. */
const ASKED_BY_MITIGATION: Stage = { role: "operator", quorum: 1, expires_hours: 24 };

interface AsksBefore {
  riskProfile: RiskProfile;
  /** What the workflow's own definition says. */
  startStages: readonly Stage[] | null;
  /** The rank of the lowest risk of which a mitigation has starts approved; null while none does. */
  approvalRisk: number | null;
}

/** Who must approve a start: whom the tenant's pack asks, then whom the workflow asks, then whom a mitigation does; null: nobody. */
export function stagesBefore({ obligations }: Decision, asks: AsksBefore): readonly Stage[] | null {
  const { startStages, riskProfile, approvalRisk } = asks;
  const isMitigated = approvalRisk !== null && RISK_PROFILES.indexOf(riskProfile) >= approvalRisk;
  const stages = [
    ...obligations.flatMap((obligation) => obligation.stages),
    ...(startStages ?? []),
    ...(isMitigated ? [ASKED_BY_MITIGATION] : []),
  ];
  return stages.length === 0 ? null : stages;
}

/** The part of an earlier run that a run repeats: from one of its steps on. */
interface Repeated {
  runId: string;
  stepId: string;
  /** Place of that step among those that the earlier run began. */
  position: number;
  /** Steps whose results are not taken over: those that it runs within, as they go on too, and what people are asked again. */
  anew: readonly string[];
}

interface Admission {
  version: Followed;
  workflowId: string;
  input: Json;
  idempotencyKey: string | undefined;
  executionClass: ExecutionClass;
  /** The start itself names its class; else that is the workflow's own. */
  isClassAsked?: boolean;
  /** What else its receipt says. */
  detail?: { executionClass?: ExecutionClass; asksAgain?: string[] };
  repeats?: Repeated;
  calledBy?: Caller;
}

/** The run that calls this one. */
interface Caller {
  runId: string;
  /** The task of it that waits for this one's end. */
  taskId: string;
  /** How many calls lie above this one. */
  depth: number;
}

/** What admitting a run takes of a call. */
interface AdmissionScope extends Pick<Scope, "tx" | "now"> {
  ctx: Pick<Scope["ctx"], "tenantId" | "newId" | "actor" | "requestId">;
}

const STARTED = [
  ...["tenantId", "id", "workflowId", "versionId", "contentHash", "status", "input", "startedBy", "idempotencyKey"],
  ...["createdAt", "environment", "region", "riskProfile", "businessUnit", "dataSensitivity", "importance"],
  ...["rerunOf", "beginsWith", "executionClass", "parentRunId", "parentTaskId", "depth"],
] as const satisfies readonly (keyof typeof runs.$inferInsert)[];

const insertRun = prepared("start-run", (db) =>
  db
    .insert(runs)
    .values({
      // `fromEntries` forgets which names it was given.
      ...(Object.fromEntries(STARTED.map((column) => [column, sql.placeholder(column)])) as Record<
        (typeof STARTED)[number],
        Placeholder
      >),
      // A placeholder of a moment's column does not take null.
      pausedAt: sql`case when ${sql.placeholder("isPaused")}::boolean then ${sql.placeholder("createdAt")}::timestamptz end`,
      gatedAt: sql`case when ${sql.placeholder("isGated")}::boolean then ${sql.placeholder("createdAt")}::timestamptz end`,
    })
    .onConflictDoNothing()
    .returning({ id: runs.id }),
);

/** Takes over what an earlier run finished before a step. No usage: that was counted in the run that performed it. */
const reuseSteps = preparedSql(
  "reuse-steps",
  `insert into run_steps (tenant_id, run_id, step_id, position, type, name, status, attempt, input, output, failure,
     failed_attempts, reused_from, started_at, ended_at)
   select tenant_id, $2, step_id, row_number() over (order by position), type, name, status, attempt, input, output, failure,
     failed_attempts, coalesce(reused_from, run_id), started_at, ended_at
   from run_steps where tenant_id = $1 and run_id = $3 and position < $4 and status = 'succeeded'
     and split_part(step_id, '[', 1) <> all($5)`,
);

async function findByKey({ ctx, tx }: AdmissionScope, workflowId: string, key: string) {
  const [existing] = await tx
    .select({
      ...{ id: runs.id, input: runs.input, status: runs.status, pausedAt: runs.pausedAt, gatedAt: runs.gatedAt },
      ...{ rerunOf: runs.rerunOf, beginsWith: runs.beginsWith },
      ...{ versionId: runs.versionId, executionClass: runs.executionClass },
    })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.workflowId, workflowId), eq(runs.idempotencyKey, key)));
  return existing;
}

/** The run that a key has started before; throws Conflict where that was something else. */
async function startedBefore(scope: AdmissionScope, admission: Admission, key: string) {
  const { workflowId, input, repeats, executionClass, isClassAsked = false, version } = admission;
  const existing = await findByKey(scope, workflowId, key);
  const asked = [input, repeats?.runId ?? null, repeats?.stepId ?? null];
  if (
    existing === undefined ||
    canonicalJson([existing.input, existing.rerunOf, existing.beginsWith]) !== canonicalJson(asked)
  )
    throw conflict("This idempotency key was used with another input.", { field: "idempotencyKey" });
  // A workflow may have changed its own class since: who asked for none asks for the same again.
  const isComparable = isClassAsked || existing.versionId === version.versionId;
  if (isComparable && existing.executionClass !== executionClass)
    throw conflict("This idempotency key was used with another class.", { field: "idempotencyKey" });
  const value = {
    ...{ runId: existing.id, isNew: false, isPaused: isWaiting(existing) },
    awaitsApproval: existing.status === "queued" && existing.gatedAt !== null,
  };
  return { value, subject: `run:${existing.id}`, detail: { repeated: true } };
}

const QUEUE_IS_FULL = "queued-runs";
/** After how long a refused start may be worth another try, in seconds. */
const RETRY_AFTER_S = 30;

/** Why there is no room for one run more: in the queue, or in the month of the plan; null where there is. */
function whyNoRoom({ queued, mostQueued: most }: Followed, { whyFull }: PlanRoom): Refusal | null {
  if (whyFull !== null || queued < most) return whyFull;
  return limitReached(
    `This tenant has ${most} queued runs, and may not have more. Try again when some have begun; whoever operates this deployment sets how many.`,
    { reason: QUEUE_IS_FULL, limit: most, retryAfterSeconds: RETRY_AFTER_S },
  );
}

/** Refuses a start for which there is no room; the same answer as before for one that was asked for already. */
async function beyond(scope: AdmissionScope, admission: Admission, why: Refusal) {
  const { workflowId, idempotencyKey: key } = admission;
  if (key !== undefined && (await findByKey(scope, workflowId, key)) !== undefined)
    return startedBefore(scope, admission, key);
  throw why;
}

/** A verb that admits a run: a queue that is full is told of in a transaction of its own, as the verb's is rolled back. */
export function tellingOfFullQueue<Input extends z.ZodType, Value>(verb: Verb<Input, Value>): Verb<Input, Value> {
  const telling = async (...[ctx, input]: Parameters<Verb<Input, Value>>): Promise<Value> => {
    try {
      return await verb(ctx, input);
    } catch (error) {
      if (error instanceof Refusal && error.details.reason === QUEUE_IS_FULL) await reachQuota(ctx, "queued_runs");
      throw error;
    }
  };
  return Object.assign(telling, { kind: verb.kind, action: verb.action, input: verb.input });
}

/** A key that begins with the id of a trigger or a run is its own: nobody else takes the place of what it starts. */
function refuseOthersKey({ ctx: { actor } }: AdmissionScope, key: string | undefined): void {
  const owner = /^(trg|run)_[0-9a-f]{32}(?=:)/.exec(key ?? "")?.[0];
  const own = actor.kind === "trigger" ? actor.triggerId : actor.kind === "run" ? actor.runId : null;
  if (owner === undefined || own === owner) return;
  throw invalid("Keys that begin with the id of a trigger or a run are its own.", {
    fields: [{ path: "idempotencyKey", message: "must not begin with the id of a trigger or a run" }],
  });
}

/**
 * Lets a run begin, at the end of the caller's transaction: its row, what it takes over, and the event that asks for it.
 * Refused (PreconditionFailed) while a kill is on, (NotEntitled) when the plan has ended or is read-only, and (LimitReached) beyond the
 * queue and what the plan has for the month; under a pause it queues, and nothing asks for it before the pause is lifted. One whose start must be approved queues the same way, with the request, until it is. The same key gives the same
 * run again, or a Conflict.
 */
export async function admitRun(scope: AdmissionScope, admission: Admission) {
  const { ctx, tx, now } = scope;
  const { version, workflowId, input, idempotencyKey, executionClass, repeats, calledBy } = admission;
  refuseOthersKey(scope, idempotencyKey);
  const { number, hold, queued: _queued, mostQueued, startStages, ...followed } = version;
  const { tenantId } = ctx;
  // A run that is called belongs to one that is under way, which finishes.
  const room = calledBy === undefined ? await roomInPlan(tx, tenantId, now) : ANY_ROOM;
  const standing = admitted(hold);
  if (standing === null)
    throw preconditionFailed(
      "A kill is on over this workflow, so no run of it starts. It says why on the Switchboard, where it can be lifted.",
      { reason: "kill-is-on" },
    );
  const full = whyNoRoom(version, room);
  if (full !== null) return beyond(scope, admission, full);
  const awaitsApproval = startStages !== null;
  // A pause that is on when it is approved keeps it then.
  const isPaused = standing.isPaused && !awaitsApproval;
  const id = ctx.newId("run");
  const row = {
    ...{ ...followed, id, workflowId, status: standing.status, isPaused, isGated: awaitsApproval, input },
    ...{ startedBy: actorRef(ctx.actor), idempotencyKey: idempotencyKey ?? null, createdAt: now },
    ...{ rerunOf: repeats?.runId ?? null, beginsWith: repeats?.stepId ?? null, executionClass },
    ...{ parentRunId: calledBy?.runId ?? null, parentTaskId: calledBy?.taskId ?? null, depth: calledBy?.depth ?? 0 },
  };
  if (idempotencyKey === undefined && !awaitsApproval) sendLast(tx, () => insertRun(tx, row));
  else if ((await insertRun(tx, row)).length === 0)
    return startedBefore(scope, admission, must(idempotencyKey, "nothing else is in a new run's way"));
  if (repeats !== undefined)
    sendLast(tx, () => reuseSteps(tx, [tenantId, id, repeats.runId, repeats.position, repeats.anew]));
  expectHold(
    tx,
    { tenantId, workflowId, executionClass, runId: id },
    { hold, mostQueued, mostStarted: room.mostStarted },
  );
  if (awaitsApproval)
    await openApproval(
      tx,
      { newId: ctx.newId, now, requestId: ctx.requestId, actor: row.startedBy },
      {
        ...{ tenantId, runId: id, taskId: null, contentHash: version.contentHash, startedBy: row.startedBy },
        ...{ title: "Start a run", details: "", stages: startStages },
      },
    );
  const trace = traceParent();
  const traced = trace === undefined ? {} : { trace };
  const started = eventOf(runStarted, { tenantId, runId: id, executionClass, ...traced });
  return {
    value: { runId: id, isNew: true, isPaused, awaitsApproval },
    subject: `run:${id}`,
    detail: {
      ...{ workflowId, version: number, contentHash: version.contentHash },
      ...(repeats === undefined ? {} : { rerunOf: repeats.runId, beginsWith: repeats.stepId }),
      ...(calledBy === undefined ? {} : { calledBy: calledBy.runId, taskId: calledBy.taskId }),
      ...(isPaused ? { isPaused } : {}),
      ...(awaitsApproval ? { awaitsApproval } : {}),
      ...admission.detail,
    },
    events: isPaused || awaitsApproval ? [] : [started],
  };
}
