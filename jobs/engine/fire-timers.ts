import type { EngineQuery } from "@/db/tenancy";
import { type Engine, lazily } from "./engine";
import { finishRun } from "./finish-run";
import { memoiseOpen } from "./memoise";
import type { Memo } from "./protocol";
import { FINISH_TIMEOUT, START_TIMEOUT } from "./run-timeouts";

/** Timers per transaction. */
const BATCH = 200;

const TIMED_OUT: Memo = {
  type: "error",
  error: { name: "InngestFunctionTimeoutError", message: "Timed out waiting for the invoked function to finish." },
};

const NOTHING: Memo = { type: "data", data: null };

interface Due extends Record<string, unknown> {
  run_id: string;
  step_id: string;
  /** Null for a timer that is about the run, not about an operation of it. */
  op: string | null;
  status: string;
}

async function fire(engine: Engine, query: EngineQuery, { run_id: runId, step_id: opId, op, status }: Due) {
  if (op !== null) return memoiseOpen(query, runId, opId, op === "InvokeFunction" ? TIMED_OUT : NOTHING);
  // Nothing is taken from code that still runs: what it brings is dropped, as after any other cancellation.
  if (opId === FINISH_TIMEOUT || (opId === START_TIMEOUT && status === "queued"))
    await finishRun(engine, query, runId, { status: "cancelled" });
}

/**
 * Ends what has had its time: a sleep, a wait or invocation that timed out, a run that began or ended too late. Needs no
 * lease, as all of it is one transaction; workers pass by each other's runs. Returns how many ended.
 */
export async function fireTimers(engine: Engine): Promise<number> {
  return lazily(engine, async (query) => {
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
       select due.run_id, due.step_id, s.op, r.status from due join engine.runs r on r.id = due.run_id
       left join engine.steps s on s.run_id = due.run_id and s.op_id = due.step_id order by due.run_at`,
      [runs.map((run) => run.id)],
    );
    for (const each of due) await fire(engine, query, each);
    return due.length;
  });
}
