import type { EngineQuery } from "@/db/tenancy";
import { admitStarts } from "./admit-starts";
import type { Opened } from "./decide";
import { type When } from "./durations";
import type { Engine } from "./engine";
import { holds } from "./expressions";
import { memoiseOpen } from "./memoise";
import { type SdkEvent, startRuns } from "./start-runs";
import { readEvent, type StoredEvent } from "./stored-events";

/** The run an answer belongs to, as the commit found it under lock. */
export interface OpeningRun {
  id: string;
  tenantId: string;
  trigger: SdkEvent | null;
  /** When the run arrived at these operations: earlier events do not count for its waits. */
  arrivedAt: Date;
  /** Crashes of the call that planned; a step that kills its worker must not start to count again. */
  crashes: number;
}

const momentOf = (when: When) => ("at" in when ? { at: when.at, after_ms: 0 } : { at: null, after_ms: when.afterMs });

/** Records operations as begun, and returns those that were not yet: re-reported ones must not start anything twice. */
async function recordNew(query: EngineQuery, run: OpeningRun, opened: readonly Opened[]): Promise<Opened[]> {
  const rows = await query<{ op_id: string }>(
    `with fresh as (
       insert into engine.steps (tenant_id, run_id, op_id, op, name, is_race, created_at)
       select $1, $2, x.op_id, x.op, x.name, x.is_race, engine.clock()
       from json_to_recordset($3::json) as x(op_id text, op text, name text, is_race boolean)
       on conflict do nothing returning op_id, is_race
     ), run as (
       update engine.runs
       set pending = pending || (select coalesce(array_agg(op_id), '{}') from fresh where not is_race),
         force_plan = force_plan or $4
       where id = $2
     )
     select op_id from fresh`,
    [
      run.tenantId,
      run.id,
      JSON.stringify(opened.map((each) => ({ ...each, op_id: each.opId, is_race: each.isRace }))),
      opened.length > 1 || opened.some((each) => each.isRace),
    ],
  );
  const fresh = new Set(rows.map((row) => row.op_id));
  return opened.filter((each) => fresh.has(each.opId));
}

interface NewJob {
  dedupe: string;
  kind: "call" | "timer";
  step_id: string;
  at: string | null;
  after_ms: number;
  crashes: number;
}

async function insertJobs(query: EngineQuery, run: OpeningRun, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await query(
    `insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, crashes, lane, run_at, created_at)
     select $1, $2, x.dedupe, x.kind, x.step_id, x.crashes, r.lane,
       coalesce(x.at, engine.clock() + x.after_ms * interval '1 millisecond'), engine.clock()
     from engine.runs r, json_to_recordset($3::json)
       as x(dedupe text, kind text, step_id text, crashes int, at timestamptz, after_ms bigint)
     where r.id = $2
     on conflict do nothing`,
    [run.tenantId, run.id, JSON.stringify(jobs)],
  );
}

function jobFor(run: OpeningRun, opened: Opened): NewJob | null {
  if (opened.op === "StepPlanned")
    return {
      dedupe: `step:${opened.opId}`,
      kind: "call",
      step_id: opened.opId,
      at: null,
      after_ms: 0,
      crashes: run.crashes,
    };
  if (opened.until === null) return null;
  return { dedupe: `timer:${opened.opId}`, kind: "timer", step_id: opened.opId, crashes: 0, ...momentOf(opened.until) };
}

type OpenedWait = Extract<Opened, { op: "WaitForEvent" }>;

/**
 * Opens a wait, unless its event has come in since the run arrived here: between the end of the last step and this
 * moment an event may have been routed past a wait that was not there yet.
 */
async function openWait(query: EngineQuery, run: OpeningRun, wait: OpenedWait): Promise<void> {
  const missed = await query<StoredEvent>(
    `select id, tenant_id, name, payload, received_at from engine.events
     where name = $1 and received_at >= $2::timestamptz - (engine.clock() - now()) and (tenant_id in ($3, 'system') or $3 = 'system')
     order by received_at, id`,
    [wait.event, run.arrivedAt, run.tenantId],
  );
  const found = missed.map(readEvent).find((event) => holds(wait.expression, { event: run.trigger, async: event }));
  if (found !== undefined) return memoiseOpen(query, run.id, wait.opId, { type: "data", data: { ...found } });
  await query(
    `insert into engine.waits (tenant_id, run_id, op_id, kind, match, expression, since)
     values ($1, $2, $3, 'event', $4, $5, $6) on conflict do nothing`,
    [run.tenantId, run.id, wait.opId, wait.event, wait.expression, run.arrivedAt],
  );
}

type OpenedInvocation = Extract<Opened, { op: "InvokeFunction" }>;

async function invoke(
  engine: Engine,
  query: EngineQuery,
  run: OpeningRun,
  { opId, functionId, data }: OpenedInvocation,
): Promise<void> {
  const fail = (message: string) =>
    memoiseOpen(query, run.id, opId, { type: "error", error: { name: "Error", message } });
  const config = engine.configs.get(functionId);
  if (config === undefined) return fail(`There is no function ${functionId} to invoke.`);
  const id = `${run.id}:${opId}`;
  const event = { id, name: "inngest/function.invoked", data, ts: run.arrivedAt.getTime() };
  const start = { config, tenantId: run.tenantId, triggerKey: `invoke:${id}`, event };
  const { starts, dropped } = await admitStarts(engine, query, [{ ...start, parent: { runId: run.id, opId } }]);
  await startRuns(query, starts);
  // Somebody waits for its result: that none will come is one.
  for (const { reason } of dropped) await fail(`The function ${functionId} was not started: ${reason}.`);
}

/** Begins the operations an answer asked for; those already begun are left as they are. */
export async function openOperations(
  engine: Engine,
  query: EngineQuery,
  run: OpeningRun,
  opened: readonly Opened[],
): Promise<void> {
  if (opened.length === 0) return;
  const fresh = await recordNew(query, run, opened);
  await insertJobs(
    query,
    run,
    fresh.map((each) => jobFor(run, each)).filter((job) => job !== null),
  );
  for (const each of fresh) {
    if (each.op === "WaitForEvent") await openWait(query, run, each);
    if (each.op === "InvokeFunction") await invoke(engine, query, run, each);
  }
}
