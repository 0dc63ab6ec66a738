import { randomUUID } from "node:crypto";
import type { EngineQuery } from "@/db/tenancy";
import { chooseCalls, type Candidate, type Places } from "./choose-calls";
import { dueCalls, type Found, hitOf, type QuotaHit } from "./due-calls";
import { type Engine, lazily, LOCKS } from "./engine";
import type { Memo } from "./protocol";
import { planFinishTimeouts } from "./run-timeouts";
import type { SdkEvent } from "./start-runs";
import { readEvents } from "./stored-events";
import { MOST_SUSPECTS } from "./suspects";
import { countTurns, inFairOrder, type Turns } from "./take-turns";
import { inTurn, readThrottles, writeThrottles } from "./throttle-claims";

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
  /** Since when it is at work on what it reports next (performance.now): its claim, or what it reported last. */
  workingSince: number;
}

/** For how long a call has been at work on what it reports now, in milliseconds. */
export const workedMs = ({ workingSince }: Claim): number => Math.round(performance.now() - workingSince);

/**
 * Calls that are looked at together once what stood first was not what was taken: it was held back, or sent back. The
 * first look is for as many as have a place, and most of the time there is no other.
 */
const PAGE = 200;

/** Pages whose starts a claim sends back, at most: others wait for its lock, and the next claim goes on with it. */
const MOST_DELAYING_PAGES = 5;

/** How long a hit quota counts as told. */
const TOLD_FOR_MS = 10_000;

async function slotsTaken(query: EngineQuery): Promise<Map<string, number>> {
  const rows = await query<{ key: string; taken: string }>(
    `select key, count(*) as taken from engine.jobs j join engine.runs r on r.id = j.run_id, unnest(r.concurrency) key
     where j.lease_until >= engine.clock() group by key`,
  );
  return new Map(rows.map(({ key, taken }) => [key, Number(taken)]));
}

const looksPast = ({ configs }: Engine) =>
  [...configs.values()].some(({ concurrency, flow }) => concurrency.length > 0 || flow.throttle !== null);

/** What a claim takes, and whom it passed over. */
interface Chosen {
  calls: Found[];
  hits: QuotaHit[];
  turns: Turns;
}

async function choose(query: EngineQuery, engine: Engine, places: Places): Promise<Chosen> {
  const chosen: Chosen = { calls: [], hits: [], turns: structuredClone(engine.turns) };
  const full: string[] = [];
  const mayLookPast = looksPast(engine);
  let least = 1;
  let { free, suspects } = places;
  let taken = new Map<string, number>();
  let hasCounted = false;
  for (let delaying = 0; ;) {
    const most = Math.min(PAGE, Math.max(least, free));
    const wanted = { most, full, allowsSuspects: suspects > 0, chosen: chosen.calls };
    const page = await dueCalls(query, engine, chosen.turns, wanted);
    const needsSlots: boolean = !hasCounted && page.calls.some(({ hasConcurrency }) => hasConcurrency);
    hasCounted ||= needsSlots;
    const slots = needsSlots ? await slotsTaken(query) : [];
    const placesTaken = new Map([...page.calls.flatMap((each) => each.placesTaken), ...slots, ...taken]);
    const throttled = page.calls.flatMap((each) => each.throttled ?? []);
    const throttles = await readThrottles(query, throttled);
    const inOrder = inTurn(inFairOrder(chosen.turns, page.calls));
    const choice = chooseCalls(inOrder, placesTaken, { free, suspects }, throttles);
    countTurns(chosen.turns, choice.chosen);
    chosen.calls.push(...choice.chosen);
    chosen.hits.push(...page.hits, ...choice.saturated.flatMap((key) => hitOf(key) ?? []));
    free -= choice.chosen.length;
    suspects -= choice.chosen.filter(({ isSuspect }) => isSuspect).length;
    await writeThrottles(query, throttled, throttles, choice);
    if (choice.delayed.length > 0) {
      engine.hasPlanned = true;
      delaying += 1;
    }
    const { saturated, delayed, hasHeldBack } = choice;
    const isStuck = choice.chosen.length + saturated.length + delayed.length === 0 && !hasHeldBack;
    if (free <= 0 || !page.isCut || isStuck || delaying >= MOST_DELAYING_PAGES) return chosen;
    // What was found has no place left, begins later, or is suspect; or a tenant had less than its share: look past it.
    full.push(...saturated);
    taken = choice.taken;
    if (mayLookPast) least = PAGE;
  }
}

/** Tells of hit quotas, each no more often than every few seconds. */
function tellHits(last: EngineQuery, engine: Engine, hits: readonly QuotaHit[]): void {
  const now = performance.now();
  const fresh = new Map<string, QuotaHit>();
  for (const hit of hits) {
    const name = `${hit.quota} ${hit.tenantId}`;
    if (hit.quota !== null && now - (engine.toldHits.get(name) ?? -Infinity) > TOLD_FOR_MS) fresh.set(name, hit);
  }
  if (fresh.size === 0) return;
  for (const name of fresh.keys()) engine.toldHits.set(name, now);
  const told = [...fresh.values()];
  void last(
    `insert into engine.quota_hits (tenant_id, quota, hit_at)
     select tenant_id, quota, now() from unnest($1::text[], $2::text[]) as x(tenant_id, quota)
     on conflict (tenant_id, quota) do update set hit_at = excluded.hit_at`,
    [told.map(({ tenantId }) => tenantId), told.map(({ quota }) => quota)],
  );
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
  // Each locks its run: in one order, whoever else does the same.
  const inOrder = [...chosen].sort((a, b) => (a.runId < b.runId ? -1 : 1));
  return query<Claimed>("select * from engine.lease_calls($1, $2, $3, $4, $5)", [
    inOrder.map(({ runId }) => runId),
    inOrder.map(({ dedupe }) => dedupe),
    inOrder.map(() => randomUUID()),
    engine.tuning.leaseMs,
    engine.workerId,
  ]);
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
 * Takes up to `free` due calls, in turn among lanes by their weights and among the tenants of each; of one tenant what goes
 * on before what begins. Takes none whose concurrency keys or whose tenant has no place left, and says so in
 * `hasLeftBehind`; expired ones of dead workers come first. Workers claim one after another, so that the places they count
 * are all there are. Of calls with which several workers died it takes `suspects` at most: one that kills its worker would
 * take the others along each time, and they would be given up with it. After a first death all are taken at once, as most
 * workers die by themselves.
 */
export async function claimCalls(
  engine: Engine,
  free: number,
  { suspects = MOST_SUSPECTS }: { suspects?: number } = {},
): Promise<Claim[]> {
  if (free <= 0 || engine.configs.size === 0) return [];
  const found = await lazily(engine, async (query, last) => {
    // Nobody waits for the lock alone: the first page is asked for along with it, and read once it is held.
    const [, chosen] = await Promise.all([
      query("select pg_advisory_xact_lock($1)", [LOCKS.claim]),
      choose(query, engine, { free, suspects }),
    ]);
    const { calls, hits, turns } = chosen;
    engine.turns = turns;
    engine.hasLeftBehind = hits.length > 0;
    tellHits(last, engine, hits);
    if (calls.length === 0) return null;
    const memos = last<MemoRow>(MEMOS, [[...new Set(calls.map(({ runId }) => runId))]]);
    const claimed = lease(last, engine, calls);
    const limited = calls.flatMap(({ runId, finishTimeoutMs: timeoutMs }) =>
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
      workingSince: performance.now(),
    };
  });
}
