import type { EngineQuery } from "@/db/tenancy";
import { type Claim, workedMs } from "./claim-calls";
import type { Decision } from "./decide";
import { retryDelayMs } from "./durations";
import { type Engine, inEngine, LOCKS } from "./engine";
import { finishRun } from "./finish-run";
import { memoise } from "./memoise";
import { openOperations } from "./open-operations";

/** `fenced`: the lease had passed to another worker, so nothing was written. */
export type Outcome = "committed" | "fenced";

interface Held extends Record<string, unknown> {
  status: string;
  version: number;
  created_at: Date;
  now: Date;
}

async function release(query: EngineQuery, claim: Claim): Promise<void> {
  await query("delete from engine.jobs where run_id = $1 and dedupe = $2", [claim.runId, claim.dedupe]);
}

async function reschedule(query: EngineQuery, engine: Engine, claim: Claim, retryAfter: string | null, now: Date) {
  const delayMs = retryDelayMs(claim.attempt, retryAfter, now, engine.random()) * engine.tuning.retryScale;
  await query(
    `update engine.jobs set attempt = attempt + 1, crashes = 0, lease_id = null, lease_until = null, worker = null,
       run_at = engine.clock() + $3 * interval '1 millisecond'
     where run_id = $1 and dedupe = $2`,
    [claim.runId, claim.dedupe, Math.round(delayMs)],
  );
}

const opensWait = (decision: Decision) =>
  decision.kind === "progress" && decision.opened.some(({ op }) => op === "WaitForEvent");

async function write(query: EngineQuery, engine: Engine, claim: Claim, decision: Decision, held: Held): Promise<void> {
  if (decision.kind === "retry") return reschedule(query, engine, claim, decision.retryAfter, held.now);
  if (decision.kind === "finish") {
    await release(query, claim);
    await finishRun(engine, query, claim.runId, decision);
    return;
  }
  // The job goes before what follows from it: a fan-in must not mistake its own call for one still to come.
  if (decision.shouldRetry) await reschedule(query, engine, claim, decision.retryAfter, held.now);
  else await release(query, claim);
  const { runId: id, tenantId, trigger, crashes } = claim;
  const run = { id, tenantId, crashes, trigger, arrivedAt: held.created_at };
  await openOperations(engine, query, run, decision.opened);
  for (const done of decision.finished) await memoise(query, claim.runId, done, { workedMs: workedMs(claim) });
  if (decision.returned !== null)
    await finishRun(engine, query, claim.runId, { status: "completed", ...decision.returned });
}

/**
 * Writes what an answer does, in one transaction that first makes sure the lease is still this call's: a worker that
 * was thought dead, and comes back, changes nothing.
 */
export async function commitAnswer(
  engine: Engine,
  claim: Claim,
  decision: Decision,
  version: number | null,
): Promise<Outcome> {
  return inEngine(engine, async (query) => {
    // A wait looks back over past events, and the router looks at open waits: together they would miss what comes
    // between. Taken first, as the router holds it before any run's row.
    if (opensWait(decision)) await query("select pg_advisory_xact_lock_shared($1)", [LOCKS.route]);
    const [held] = await query<Held>(
      `select r.status, r.version, j.created_at, engine.clock() as now
       from engine.runs r join engine.jobs j on j.run_id = r.id
       where r.id = $1 and j.dedupe = $2 and j.lease_id = $3 for update`,
      [claim.runId, claim.dedupe, claim.leaseId],
    );
    if (held === undefined) return "fenced";
    if (held.status !== "running") await release(query, claim);
    else {
      if (version !== null && version !== held.version)
        await query("update engine.runs set version = $2 where id = $1", [claim.runId, version]);
      await write(query, engine, claim, decision, held);
    }
    return "committed";
  });
}
