import { type Engine, inEngine } from "./engine";
import { memoiseOpen } from "./memoise";
import type { Memo } from "./protocol";

/** Timers per transaction. */
const BATCH = 200;

const TIMED_OUT: Memo = {
  type: "error",
  error: { name: "InngestFunctionTimeoutError", message: "Timed out waiting for the invoked function to finish." },
};

interface Due extends Record<string, unknown> {
  run_id: string;
  step_id: string;
  op: string;
}

/**
 * Ends the operations whose time has come: a sleep, or a wait or invocation that timed out. Needs no lease, as all of
 * it is one transaction; workers pass by each other's runs. Returns how many ended.
 */
export async function fireTimers(engine: Engine): Promise<number> {
  return inEngine(engine, async (query) => {
    // Runs first, as commits do: a timer locked before its run would deadlock with the end of that run.
    const runs = await query<{ id: string }>(
      `select id from engine.runs where id in (
         select run_id from engine.jobs where kind = 'timer' and run_at <= engine.clock() order by run_at limit ${BATCH}
       ) for update skip locked`,
    );
    if (runs.length === 0) return 0;
    const due = await query<Due>(
      `with due as (
         delete from engine.jobs where run_id = any($1) and kind = 'timer' and run_at <= engine.clock()
         returning run_id, step_id, run_at
       )
       select due.run_id, due.step_id, s.op from due
       join engine.steps s on s.run_id = due.run_id and s.op_id = due.step_id order by due.run_at`,
      [runs.map((run) => run.id)],
    );
    for (const { run_id: runId, step_id: opId, op } of due)
      await memoiseOpen(query, runId, opId, op === "InvokeFunction" ? TIMED_OUT : { type: "data", data: null });
    return due.length;
  });
}

/** Milliseconds until the next timer, retry or cron slot; null when nothing is planned. */
export async function nextDueMs(engine: Engine): Promise<number | null> {
  const [row] = await inEngine(engine, (query) =>
    query<{ ms: string | null }>(
      `select ceil(extract(epoch from least(
         (select min(run_at) from engine.jobs where kind = 'timer' and run_at > engine.clock()),
         (select min(run_at) from engine.jobs where kind = 'call' and run_at > engine.clock()),
         (select min(next_at) from engine.cron where next_at > engine.clock())
       ) - engine.clock()) * 1000) as ms`,
    ),
  );
  return row === undefined || row.ms === null ? null : Number(row.ms);
}
