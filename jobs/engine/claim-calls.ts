import { randomUUID } from "node:crypto";
import type { EngineQuery } from "@/db/tenancy";
import { chooseCalls, type Candidate } from "./choose-calls";
import { type Engine, inEngine, LOCKS } from "./engine";
import type { Memo } from "./protocol";
import type { SdkEvent } from "./start-runs";
import { readTrigger } from "./stored-events";

/** A call that belongs to this worker until its lease ends. */
export interface Claim {
  leaseId: string;
  runId: string;
  tenantId: string;
  functionId: string;
  /** The job's reason; with the run's id it names the job. */
  dedupe: string;
  stepId: string;
  attempt: number;
  crashes: number;
  version: number;
  forcePlan: boolean;
  stack: string[];
  /** What started the run; null when it cannot be read, and then the run can only be given up. */
  trigger: SdkEvent | null;
  /** True when another run waits for what this one gives. */
  hasParent: boolean;
  memos: Record<string, Memo>;
}

/** Candidates per page. */
const PAGE = 200;

interface Beyond {
  /** Concurrency keys without a slot left. */
  full: readonly string[];
  /** Tenants of which this worker takes no more for now. */
  crowded: readonly string[];
}

async function candidates(query: EngineQuery, engine: Engine, { full, crowded }: Beyond): Promise<Candidate[]> {
  const rows = await query<{
    run_id: string;
    dedupe: string;
    function_id: string;
    concurrency: string[];
    crashed: boolean;
  }>(
    `select j.run_id, j.dedupe, r.function_id, r.concurrency, j.lease_until is not null as crashed
     from engine.jobs j join engine.runs r on r.id = j.run_id
     where j.kind = 'call' and j.run_at <= engine.clock()
       and (j.lease_until is null or j.lease_until < engine.clock())
       and r.function_id = any($1) and not r.concurrency && $2 and j.tenant_id <> all($3)
     order by j.run_at, j.run_id limit ${PAGE}`,
    [[...engine.configs.keys()], full, crowded],
  );
  return rows.map(({ run_id: runId, dedupe, function_id, concurrency, crashed }) => {
    const limits = engine.configs.get(function_id)?.concurrency ?? [];
    const slots = concurrency.flatMap((key, place) => {
      const limit = limits[place]?.limit;
      return limit === undefined ? [] : [{ key, limit }];
    });
    return { runId, dedupe, crashed, slots };
  });
}

async function slotsTaken(query: EngineQuery): Promise<Map<string, number>> {
  const rows = await query<{ key: string; taken: string }>(
    `select key, count(*) as taken from engine.jobs j join engine.runs r on r.id = j.run_id, unnest(r.concurrency) key
     where j.lease_until >= engine.clock() group by key`,
  );
  return new Map(rows.map(({ key, taken }) => [key, Number(taken)]));
}

async function choose(
  query: EngineQuery,
  engine: Engine,
  free: number,
  crowded: readonly string[],
): Promise<Candidate[]> {
  const chosen: Candidate[] = [];
  const full: string[] = [];
  let taken: Map<string, number> | undefined;
  for (;;) {
    const page = await candidates(query, engine, { full, crowded });
    const fresh = page.filter((each) => !chosen.some((c) => c.runId === each.runId && c.dedupe === each.dedupe));
    if (taken === undefined && fresh.some((each) => each.slots.length > 0)) taken = await slotsTaken(query);
    const choice = chooseCalls(fresh, taken ?? new Map<string, number>(), free - chosen.length);
    chosen.push(...choice.chosen);
    if (chosen.length >= free || page.length < PAGE || choice.saturated.length === 0) return chosen;
    // The page was full of calls whose keys have no slot left: look past them.
    full.push(...choice.saturated);
    taken = choice.taken;
  }
}

interface Claimed extends Record<string, unknown> {
  run_id: string;
  tenant_id: string;
  function_id: string;
  dedupe: string;
  step_id: string;
  attempt: number;
  crashes: number;
  lease_id: string;
  version: number;
  force_plan: boolean;
  stack: string[];
  events: string;
  has_parent: boolean;
}

async function lease(query: EngineQuery, engine: Engine, chosen: readonly Candidate[]): Promise<Claimed[]> {
  const wanted = chosen.map(({ runId, dedupe }) => ({ run_id: runId, dedupe, lease_id: randomUUID() }));
  return query<Claimed>(
    `with started as (
       update engine.runs set status = 'running', started_at = engine.clock() where id = any($4) and status = 'queued'
     )
     update engine.jobs j
     set lease_id = x.lease_id, lease_until = engine.clock() + $2 * interval '1 millisecond', worker = $3,
       crashes = j.crashes + (j.lease_until is not null)::int
     from json_to_recordset($1::json) as x(run_id text, dedupe text, lease_id text), engine.runs r
     where j.run_id = x.run_id and j.dedupe = x.dedupe and r.id = j.run_id
       and j.run_at <= engine.clock() and (j.lease_until is null or j.lease_until < engine.clock())
     returning j.run_id, j.tenant_id, r.function_id, j.dedupe, j.step_id, j.attempt, j.crashes, j.lease_id,
       r.version, r.force_plan, r.stack, r.events, r.parent_run_id is not null as has_parent`,
    [JSON.stringify(wanted), engine.tuning.leaseMs, engine.workerId, chosen.map(({ runId }) => runId)],
  );
}

interface MemoRow extends Record<string, unknown> {
  run_id: string;
  op_id: string;
  memo: string;
}

const MEMOS = "select run_id, op_id, memo from engine.steps where run_id = any($1) and memo is not null";

function memosByRun(rows: readonly MemoRow[]): Map<string, Record<string, Memo>> {
  const memos = new Map<string, Record<string, Memo>>();
  for (const { run_id: runId, op_id: opId, memo } of rows) {
    const ofRun = memos.get(runId) ?? {};
    ofRun[opId] = JSON.parse(memo) as Memo;
    memos.set(runId, ofRun);
  }
  return memos;
}

/**
 * Takes up to `free` due calls whose concurrency keys have a slot left, expired ones of dead workers included, and none
 * of the `crowded` tenants. Workers claim one after another, so that the slots they count are all there are.
 */
export async function claimCalls(engine: Engine, free: number, crowded: readonly string[] = []): Promise<Claim[]> {
  if (free <= 0 || engine.configs.size === 0) return [];
  const found = await inEngine(engine, async (query, last) => {
    // Nobody waits for the lock alone: the first page is asked for along with it, and read once it is held.
    const [, chosen] = await Promise.all([
      query("select pg_advisory_xact_lock($1)", [LOCKS.claim]),
      choose(query, engine, free, crowded),
    ]);
    if (chosen.length === 0) return null;
    const memos = last<MemoRow>(MEMOS, [[...new Set(chosen.map(({ runId }) => runId))]]);
    return { claimed: lease(last, engine, chosen), memos };
  });
  if (found === null) return [];
  const memos = memosByRun(await found.memos);
  return (await found.claimed).map((row) => ({
    ...{ leaseId: row.lease_id, runId: row.run_id, tenantId: row.tenant_id, functionId: row.function_id },
    ...{ dedupe: row.dedupe, stepId: row.step_id, attempt: row.attempt, crashes: row.crashes },
    ...{ version: row.version, forcePlan: row.force_plan, stack: row.stack, hasParent: row.has_parent },
    trigger: readTrigger(row.events),
    memos: memos.get(row.run_id) ?? {},
  }));
}
