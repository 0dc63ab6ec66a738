import { type Claim, workedMs } from "./claim-calls";
import type { Outcome } from "./commit-answer";
import type { Finished } from "./decide";
import { type Engine, inEngine } from "./engine";
import { memoise } from "./memoise";

/**
 * Keeps what a call has finished so far while it goes on with the next step. The same fence as at its end: a call whose
 * lease has passed on, or whose run is over, keeps nothing and is told to stop.
 */
export async function checkpoint(engine: Engine, claim: Claim, finished: readonly Finished[]): Promise<Outcome> {
  return inEngine(engine, async (query) => {
    // What was finished is behind the job: its next failure is the first of another step.
    const held = await query(
      `update engine.jobs j
       set attempt = 0, crashes = 0, created_at = engine.clock() - $5 * interval '1 millisecond',
         lease_until = engine.clock() + $4 * interval '1 millisecond'
       from engine.runs r
       where j.run_id = $1 and j.dedupe = $2 and j.lease_id = $3 and r.id = j.run_id and r.status = 'running'
       returning 1 as held`,
      [claim.runId, claim.dedupe, claim.leaseId, engine.tuning.leaseMs, workedMs(claim)],
    );
    if (held.length === 0) return "fenced";
    for (const done of finished) await memoise(query, claim.runId, done, { goesOn: true });
    claim.workingSince = performance.now();
    return "committed";
  });
}
