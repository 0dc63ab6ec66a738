import { and, eq, inArray, sql } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import type { Database } from "@/db/client";
import { preparedSql } from "@/db/prepared";
import { type AttemptFailure, type Failure, runs } from "@/db/schema";
import { metKill, missedRows } from "@/db/postgres-errors";
import { sendLast, type Tx, withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { useOf } from "@/server/metering/domain/weights";
import { type Batched, inBatches } from "@/server/platform/in-batches";
import type { LinkContent } from "@/server/receipts/domain/link";
import type { Step } from "@/server/workflows/domain/step";
import type { StepStatus } from "../domain/status";
import { runFinished } from "../events";
import { artefactOf } from "../artefacts";
import type { ExecutionContext } from "./context";
import { keepEventWaits } from "./event-waits";

/** One step as it is to stand in the database. */
export interface StepWrite {
  taskId: string;
  step: Step;
  position: number;
  attempt: number;
  status: StepStatus;
  startedAt: Date;
  endedAt: Date | null;
  input: Json;
  output: Json;
  failure: Failure | null;
  failedAttempts: readonly AttemptFailure[];
  /** Requests that left this process for the step, all its attempts together. */
  externalCalls: number;
}

export type RunOutcome = { status: "succeeded"; output: Json } | { status: "failed"; failure: Failure };

/**
 * One statement for all that a run has come to. `moved` locks the run's row in the one status it may have, so that a
 * kill comes before or after; nothing else is written without it. A begun attempt ends, or a failed one is followed by
 * the next: any other row in `written` means that somebody was here before, and one row too few fails all of it. The gate
 * comes last, in the same statement: a kill of the workflow, the tenant or all tenants that is on fails all of it too.
 */
const progress = (moved: string) => `
  with moved as (${moved}),
  written as (
    insert into run_steps (tenant_id, run_id, step_id, position, type, name, status, attempt, input, output, failure,
      failed_attempts, started_at, ended_at)
    select $1, id, step_id, position, type, name, step_status, attempt, input::json, output::json, failure::json,
      failed_attempts::json, started_at, ended_at
    from moved, unnest($4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[],
      $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[])
      as step(step_id, position, type, name, step_status, attempt, input, output, failure, failed_attempts, started_at, ended_at)
    on conflict (tenant_id, run_id, step_id) do update set status = excluded.status, attempt = excluded.attempt,
      input = excluded.input, output = excluded.output, failure = excluded.failure,
      failed_attempts = excluded.failed_attempts, ended_at = excluded.ended_at
    where (run_steps.status = 'running' and run_steps.attempt = excluded.attempt and excluded.status <> 'running')
      or (run_steps.status = 'failed' and run_steps.attempt = excluded.attempt - 1)
    returning 1
  ), metered as (
    insert into usage_ledger (tenant_id, run_id, step_id, task_type, weight_milli, bytes, duration_band, external_calls, at)
    select $1, id, task.* from moved, unnest($16::text[], $17::text[], $18::int[], $19::bigint[], $20::text[], $21::int[],
      $22::timestamptz[]) as task
  )
  select expect_rows((select count(*) from written), $23) as written, expect_no_kill($1, $24)`;

const goesOn = preparedSql(
  "run-goes-on",
  progress("select id from runs where tenant_id = $1 and id = $2 and status = $3 for no key update"),
);
const becomes = preparedSql(
  "run-becomes",
  progress(`update runs set status = $25, started_at = coalesce(started_at, $26), ended_at = $27, output = $28::json,
    failure = $29::json where tenant_id = $1 and id = $2 and status = $3 returning id`),
);

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

function stepColumns(writes: readonly StepWrite[]): unknown[] {
  const column = (of: (write: StepWrite) => unknown) => writes.map(of);
  return [
    column(({ taskId }) => taskId),
    column(({ position }) => position),
    column(({ step }) => step.type),
    column(({ step }) => step.name ?? step.id),
    column(({ status }) => status),
    column(({ attempt }) => attempt),
    column(({ input }) => asJson(input)),
    column(({ output }) => asJson(output)),
    column(({ failure }) => (failure === null ? null : asJson(failure))),
    column(({ failedAttempts }) => asJson(failedAttempts)),
    column(({ startedAt }) => startedAt),
    column(({ endedAt }) => endedAt),
  ];
}

function useColumns(finished: readonly StepWrite[]): unknown[] {
  const uses = finished.map(({ taskId, step, status, input, output, startedAt, endedAt, externalCalls }) => {
    const at = endedAt ?? startedAt;
    const bytes = Buffer.byteLength(JSON.stringify(input)) + Buffer.byteLength(JSON.stringify(output));
    const durationMs = at.getTime() - startedAt.getTime();
    const hasSucceeded = status === "succeeded";
    return { taskId, step, at, ...useOf({ type: step.type, hasSucceeded, bytes, durationMs, externalCalls }) };
  });
  return [
    uses.map(({ taskId }) => taskId),
    uses.map(({ step }) => step.type),
    uses.map(({ weightMilli }) => weightMilli),
    uses.map(({ bytes }) => bytes),
    uses.map(({ durationBand }) => durationBand),
    uses.map(({ externalCalls }) => externalCalls),
    uses.map(({ at }) => at),
  ];
}

function write(tx: Tx, ctx: ExecutionContext, run: RunRef, { from, writes, finished, outcome }: Progress): void {
  const columns = [...stepColumns(writes), ...useColumns(finished)];
  const shared = [ctx.tenantId, run.runId, from, ...columns, writes.length, run.workflowId];
  if (outcome === null && from === "running") {
    sendLast(tx, () => goesOn(tx, shared));
    return;
  }
  const now = ctx.clock.now();
  const output = outcome?.status === "succeeded" ? asJson(outcome.output) : null;
  const failure = outcome?.status === "failed" ? asJson(outcome.failure) : null;
  // A run begins with its first step, which may lie a while before this.
  const began = writes.reduce((first, { startedAt }) => (startedAt < first ? startedAt : first), now);
  const change = [outcome?.status ?? "running", began, outcome === null ? null : now, output, failure];
  sendLast(tx, () => becomes(tx, [...shared, ...change]));
}

function endLink(ctx: ExecutionContext, runId: string, outcome: RunOutcome): LinkContent {
  const { tenantId, newId, requestId } = ctx;
  const { status } = outcome;
  const detail = outcome.status === "failed" ? { status, code: outcome.failure.code } : { status };
  return {
    ...{ tenantId, id: newId("receipt"), at: ctx.clock.now().toISOString(), actor: "job:execute-run" },
    ...{ action: "run.finish", subject: `run:${runId}`, body: { requestId, detail } },
  };
}

// The payload of `runFinished`.
const recordEnd = preparedSql(
  "record-ends",
  `insert into engine.events (tenant_id, id, name, payload)
   select $1, ended.id, '${runFinished.name}', json_build_object('tenantId', $1::text, 'runId', run_id, 'status', status,
     'hasListeners', exists (select from triggers
       where tenant_id = $1 and event_name is not null and is_enabled and deleted_at is null))
   from unnest($2::text[], $3::text[], $4::text[]) as ended(id, run_id, status)`,
);

function recordEnds(tx: Tx, ctx: ExecutionContext, ended: readonly { runId: string; outcome: RunOutcome }[]): void {
  if (ended.length === 0) return;
  const ids = ended.map(() => ctx.newId("event"));
  const [runIds, statuses] = [ended.map(({ runId }) => runId), ended.map(({ outcome }) => outcome.status)];
  sendLast(tx, () => recordEnd(tx, [ctx.tenantId, ids, runIds, statuses]));
}

const skip = preparedSql(
  "skip-open-steps",
  "update run_steps set status = 'skipped', ended_at = $3 where tenant_id = $1 and run_id = $2 and status = 'running'",
);

/** Attempts that are under way when their run ends are dropped. */
function skipOpen(tx: Tx, ctx: ExecutionContext, runId: string): void {
  sendLast(tx, () => skip(tx, [ctx.tenantId, runId, ctx.clock.now()]));
}

/** What was attached to a run is in its chain by its digest, from the commit on in which its step has succeeded. */
function artefactLinks(ctx: ExecutionContext, runId: string, finished: readonly StepWrite[]): LinkContent[] {
  const { tenantId, newId, requestId } = ctx;
  return finished
    .filter(({ step, status }) => step.type === "evidence" && status === "succeeded")
    .map(({ taskId, output, endedAt }) => ({
      ...{ tenantId, id: newId("receipt"), at: (endedAt ?? ctx.clock.now()).toISOString(), actor: "job:execute-run" },
      ...{ action: "run.attach", subject: `run:${runId}` },
      body: { requestId, detail: { taskId, ...artefactOf(output) } },
    }));
}

/** A run, and the workflow that a kill may lie on. */
export interface RunRef {
  runId: string;
  workflowId: string;
}

export interface Progress {
  /** The status that the run must have now. */
  from: "queued" | "running";
  writes: readonly StepWrite[];
  /** Of `writes`, those that are over for good. */
  finished: readonly StepWrite[];
  /** How the run ends with this; null while it goes on. */
  outcome: RunOutcome | null;
  /** It ends while attempts are under way: their results will be dropped. */
  leavesOpen: boolean;
}

/** What one run of a tenant has come to. */
interface Turned {
  ctx: ExecutionContext;
  run: RunRef;
  made: Progress;
}

/** Writes it for runs of one tenant, all of it sent together. */
async function writeAll(turned: readonly Turned[]): Promise<void> {
  const { ctx } = must(turned[0], "there is something to write");
  // Each locks its run: in one order, whoever else does the same.
  const inOrder = [...turned].sort((a, b) => (a.run.runId < b.run.runId ? -1 : 1));
  await withTenant(ctx, async (tx) => {
    for (const each of inOrder) write(tx, each.ctx, each.run, each.made);
    for (const each of inOrder) keepEventWaits(tx, ctx.tenantId, each.run.runId, each.made.writes);
    for (const each of inOrder) if (each.made.leavesOpen) skipOpen(tx, each.ctx, each.run.runId);
    const ended = inOrder.flatMap(({ ctx: own, run: { runId }, made: { outcome } }) =>
      outcome === null ? [] : [{ own, runId, outcome }],
    );
    recordEnds(tx, ctx, ended);
    appendLinks(tx, "receipts", [
      ...inOrder.flatMap((each) => artefactLinks(each.ctx, each.run.runId, each.made.finished)),
      ...ended.map(({ own, runId, outcome }) => endLink(own, runId, outcome)),
    ]);
  });
}

type Said = "written" | "late" | "killed";

async function writeAlone(turned: Turned): Promise<Said> {
  try {
    await writeAll([turned]);
    return "written";
  } catch (error) {
    if (missedRows(error)) return "late";
    if (metKill(error)) return "killed";
    throw error;
  }
}

/** Runs whose progress goes into one transaction, at most. */
const MOST_TOGETHER = 20;

const together = new WeakMap<Database, Batched<Turned, Said>>();

function togetherIn(database: Database): Batched<Turned, Said> {
  const batched = inBatches<Turned, Said>({
    most: MOST_TOGETHER,
    keyOf: ({ ctx }) => ctx.tenantId,
    work: async (turned) => {
      await writeAll(turned);
      return turned.map(() => "written" as const);
    },
    alone: writeAlone,
  });
  together.set(database, batched);
  return batched;
}

/**
 * Writes what a run has come to, in one transaction: steps, usage, and its end with event and receipt. Nothing is written
 * when the run was stopped or moved on by somebody else (`late`), or when a kill is on over it (`killed`). Runs of one tenant
 * that are there at the same time share the transaction, as its receipts are chained one after the other; where one of them
 * does not fit, each has one of its own.
 */
export const commitProgress = (ctx: ExecutionContext, run: RunRef, made: Progress): Promise<Said> =>
  (together.get(ctx.database) ?? togetherIn(ctx.database))({ ctx, run, made });

/** Ends a run that cannot be carried on; one that has ended keeps how it did. */
export async function giveUpRun(ctx: ExecutionContext, runId: string, failure: Failure): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const ended = await tx
      .update(runs)
      .set({
        status: "failed",
        failure,
        endedAt: now,
        startedAt: sql`coalesce(started_at, ${now.toISOString()}::timestamptz)`,
      })
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId), inArray(runs.status, ["queued", "running"])))
      .returning({ id: runs.id });
    if (ended.length === 0) return;
    const outcome = { status: "failed", failure } as const;
    skipOpen(tx, ctx, runId);
    recordEnds(tx, ctx, [{ runId, outcome }]);
    appendLinks(tx, "receipts", [endLink(ctx, runId, outcome)]);
  });
}
