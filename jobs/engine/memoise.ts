import type { EngineQuery } from "@/db/tenancy";
import type { Finished } from "./decide";
import type { Memo } from "./protocol";

/**
 * After the memo is set (once: `memo is null`), the run moves on: the operation leaves `pending` and joins `stack`, what
 * waited for it goes, and one call discovers what comes next when the group has drained. Its dedupe key is the length
 * of the stack, so that a fan-in leads to one call. Those of a race are never pending: each leads to a call when it
 * ends, and while one is open new steps are only planned, since two calls may then look at the same next step at once.
 */
const AND_MOVE_ON = `
  ), run as (
    update engine.runs r
    set stack = r.stack || $2::text, pending = array_remove(r.pending, $2),
      force_plan = r.force_plan
        and (step.is_race or r.version = 1 or cardinality(array_remove(r.pending, $2)) > 0 or exists (
          select from engine.steps s where s.run_id = $1 and s.is_race and s.memo is null and s.op_id <> $2))
    from step where r.id = $1 and r.status in ('queued', 'running')
    returning r.tenant_id, r.id, r.lane, cardinality(r.stack) as depth,
      step.is_race or r.version = 1 or cardinality(r.pending) = 0 as is_due
  ), gone_waits as (
    delete from engine.waits using run where run_id = run.id and op_id = $2
  ), gone_timers as (
    delete from engine.jobs using run where run_id = run.id and dedupe = 'timer:' || $2
  )
  insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, lane, run_at, created_at)
  select tenant_id, id, 'discover:' || depth, 'call', 'step', lane, engine.clock(), engine.clock() - $WORKED * interval '1 millisecond'
  from run where is_due and $4::boolean
  on conflict do nothing`;

const FINISH_ANY = `
  with step as (
    insert into engine.steps (tenant_id, run_id, op_id, op, name, memo, created_at, done_at)
    select tenant_id, id, $2, $5, $6, $3::json, engine.clock(), engine.clock()
    from engine.runs where id = $1 and status in ('queued', 'running')
    on conflict (run_id, op_id) do update set memo = excluded.memo, done_at = excluded.done_at
      where steps.memo is null
    returning is_race${AND_MOVE_ON.replace("$WORKED", "$7")}`;

const FINISH_OPEN = `
  with step as (
    update engine.steps set memo = $3::json, done_at = engine.clock()
    where run_id = $1 and op_id = $2 and memo is null
    returning is_race${AND_MOVE_ON.replace("$WORKED", "0")}`;

/**
 * Memoises what a call reported, whether or not the operation was opened before. `goesOn`: the call that reported it is
 * still at work on the run, so no other needs to discover what comes next. `workedMs`: for how long the reported steps were
 * at work; what came meanwhile counts for a wait that comes next.
 */
export async function memoise(
  query: EngineQuery,
  runId: string,
  done: Finished,
  { goesOn = false, workedMs = 0 }: { goesOn?: boolean; workedMs?: number } = {},
): Promise<void> {
  await query(FINISH_ANY, [runId, done.opId, JSON.stringify(done.memo), !goesOn, done.op, done.name, workedMs]);
}

/** Memoises an operation that is open; does nothing for one that has its memo, or whose run is over. */
export async function memoiseOpen(query: EngineQuery, runId: string, opId: string, memo: Memo): Promise<void> {
  await query(FINISH_OPEN, [runId, opId, JSON.stringify(memo), true]);
}
