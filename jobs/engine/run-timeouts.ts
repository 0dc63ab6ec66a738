import type { EngineQuery } from "@/db/tenancy";

/** The timer that cancels a run which has not begun by then. */
export const START_TIMEOUT = "timeout:start";
/** The timer that cancels a run which has not ended by then. */
export const FINISH_TIMEOUT = "timeout:finish";

/** Plans the end of runs that begin in this transaction, if they are not cancelled meanwhile. */
export async function planFinishTimeouts(
  query: EngineQuery,
  runs: readonly { runId: string; timeoutMs: number }[],
): Promise<void> {
  await query(
    `insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, run_at, created_at)
     select r.tenant_id, r.id, '${FINISH_TIMEOUT}', 'timer', '${FINISH_TIMEOUT}',
       r.started_at + x.ms * interval '1 millisecond', engine.clock()
     from unnest($1::text[], $2::bigint[]) as x(id, ms) join engine.runs r on r.id = x.id
     where r.status = 'running'
     on conflict do nothing`,
    [runs.map(({ runId }) => runId), runs.map(({ timeoutMs }) => timeoutMs)],
  );
}
