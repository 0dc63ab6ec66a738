import { randomUUID } from "node:crypto";
import type { EngineQuery } from "@/db/tenancy";
import { chooseCalls, type Candidate, type Places } from "./choose-calls";
import { type Engine, inEngine, LOCKS } from "./engine";
import type { Memo } from "./protocol";
import { planFinishTimeouts, START_TIMEOUT } from "./run-timeouts";
import type { SdkEvent } from "./start-runs";
import { readEvents } from "./stored-events";
import { inTurn, readThrottles, throttleOf, type Throttled, writeThrottles } from "./throttle-claims";

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
  /** All of a batch; null when they cannot be read. */
  events: readonly SdkEvent[] | null;
  /** True when another run waits for what this one gives. */
  hasParent: boolean;
  memos: Record<string, Memo>;
}

/** Candidates per page. */
const PAGE = 200;

/** Pages whose starts a claim sends back, at most: others wait for its lock, and the next claim goes on with it. */
const MOST_DELAYING_PAGES = 5;

interface Beyond {
  /** Concurrency keys without a slot left. */
  full: readonly string[];
  /** Tenants of which this worker takes no more for now. */
  crowded: readonly string[];
  /** How many suspects it takes. */
  suspects: number;
}

/** A due call as it was found, and what its throttle needs to know. */
interface Found extends Candidate {
  /** Set for the first call of a throttled run. */
  throttled: Throttled | null;
  /** How long a run may take that begins with this call. */
  finishTimeoutMs: number | null;
}

/** So many workers died with a call that the next one takes care. */
export const SUSPECT_CRASHES = 2;
const IS_SUSPECT = `(j.crashes + (j.lease_until is not null)::int >= ${SUSPECT_CRASHES})`;

// What came too late is cancelled by its timer, though that may not have been looked at yet.
const NOT_TOO_LATE = `
       and not (r.status = 'queued' and exists (select from engine.jobs t
         where t.run_id = j.run_id and t.dedupe = '${START_TIMEOUT}' and t.run_at <= engine.clock()))`;

const limitsStarts = ({ configs }: Engine) => [...configs.values()].some(({ flow }) => flow.startTimeoutMs !== null);

async function candidates(query: EngineQuery, engine: Engine, { full, crowded, suspects }: Beyond): Promise<Found[]> {
  const rows = await query<{
    run_id: string;
    dedupe: string;
    function_id: string;
    tenant_id: string;
    concurrency: string[];
    throttle: string | null;
    priority: number;
    is_start: boolean;
    age_ms: string;
    is_suspect: boolean;
  }>(
    `select j.run_id, j.dedupe, r.function_id, r.tenant_id, r.concurrency, r.throttle, r.priority, r.status = 'queued' as is_start,
       floor(extract(epoch from engine.clock() - r.created_at) * 1000) as age_ms, ${IS_SUSPECT} as is_suspect
     from engine.jobs j join engine.runs r on r.id = j.run_id
     where j.kind = 'call' and j.run_at <= engine.clock()
       and (j.lease_until is null or j.lease_until < engine.clock())
       and r.function_id = any($1) and not r.concurrency && $2 and j.tenant_id <> all($3) and ($4 or not ${IS_SUSPECT})${limitsStarts(engine) ? NOT_TOO_LATE : ""}
     order by j.run_at, j.run_id limit ${PAGE}`,
    [[...engine.configs.keys()], full, crowded, suspects > 0],
  );
  return rows.map(({ run_id: runId, dedupe, function_id: functionId, concurrency, is_suspect: isSuspect, ...run }) => {
    const config = engine.configs.get(functionId);
    const slots = concurrency.flatMap((key, place) => {
      const limit = config?.concurrency[place]?.limit;
      return limit === undefined ? [] : [{ key, limit }];
    });
    const throttled = run.is_start ? throttleOf(config, { ...run, ageMs: Number(run.age_ms) }) : null;
    const finishTimeoutMs = run.is_start ? (config?.flow.finishTimeoutMs ?? null) : null;
    return { runId, dedupe, isSuspect, slots, throttled, throttle: throttled?.throttle, finishTimeoutMs };
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
  places: Places,
  crowded: readonly string[],
): Promise<Found[]> {
  const chosen: Found[] = [];
  const full: string[] = [];
  let { free, suspects } = places;
  let taken: Map<string, number> | undefined;
  for (let delaying = 0; ;) {
    const page = await candidates(query, engine, { full, crowded, suspects });
    const fresh = page.filter((each) => !chosen.some((c) => c.runId === each.runId && c.dedupe === each.dedupe));
    if (taken === undefined && fresh.some((each) => each.slots.length > 0)) taken = await slotsTaken(query);
    const throttled = fresh.flatMap((each) => each.throttled ?? []);
    const throttles = await readThrottles(query, throttled);
    const choice = chooseCalls(inTurn(fresh), taken ?? new Map<string, number>(), { free, suspects }, throttles);
    chosen.push(...choice.chosen);
    free -= choice.chosen.length;
    suspects -= choice.chosen.filter(({ isSuspect }) => isSuspect).length;
    await writeThrottles(query, throttled, throttles, choice);
    if (choice.delayed.length > 0) {
      engine.hasPlanned = true;
      delaying += 1;
    }
    const isStuck = choice.saturated.length === 0 && choice.delayed.length === 0 && !choice.hasHeldBack;
    if (free <= 0 || page.length < PAGE || isStuck || delaying >= MOST_DELAYING_PAGES) return chosen;
    // The page was full of calls whose keys have no slot left, that begin later, or that are suspects: look past them.
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

/** Suspects that one worker holds at a time. */
export const MOST_SUSPECTS = 1;

/**
 * Takes up to `free` due calls whose concurrency keys have a slot left, expired ones of dead workers included, and none
 * of the `crowded` tenants. Workers claim one after another, so that the slots they count are all there are. Of calls
 * with which several workers died it takes `suspects` at most: one that kills its worker would take the others along each
 * time, and they would be given up with it. After a first death all are taken at once, as most workers die by themselves.
 */
export async function claimCalls(
  engine: Engine,
  free: number,
  { crowded = [], suspects = MOST_SUSPECTS }: { crowded?: readonly string[]; suspects?: number } = {},
): Promise<Claim[]> {
  if (free <= 0 || engine.configs.size === 0) return [];
  const found = await inEngine(engine, async (query, last) => {
    // Nobody waits for the lock alone: the first page is asked for along with it, and read once it is held.
    const [, chosen] = await Promise.all([
      query("select pg_advisory_xact_lock($1)", [LOCKS.claim]),
      choose(query, engine, { free, suspects }, crowded),
    ]);
    if (chosen.length === 0) return null;
    const memos = last<MemoRow>(MEMOS, [[...new Set(chosen.map(({ runId }) => runId))]]);
    const claimed = lease(last, engine, chosen);
    const limited = chosen.flatMap(({ runId, finishTimeoutMs: timeoutMs }) =>
      timeoutMs === null ? [] : [{ runId, timeoutMs }],
    );
    if (limited.length > 0) {
      void planFinishTimeouts(last, limited);
      engine.hasPlanned = true;
    }
    return { claimed, memos };
  });
  if (found === null) return [];
  const memos = memosByRun(await found.memos);
  return (await found.claimed).map((row) => {
    const events = readEvents(row.events);
    return {
      ...{ leaseId: row.lease_id, runId: row.run_id, tenantId: row.tenant_id, functionId: row.function_id },
      ...{ dedupe: row.dedupe, stepId: row.step_id, attempt: row.attempt, crashes: row.crashes },
      ...{ version: row.version, forcePlan: row.force_plan, stack: row.stack, hasParent: row.has_parent },
      ...{ events, trigger: events?.[0] ?? null, memos: memos.get(row.run_id) ?? {} },
    };
  });
}
