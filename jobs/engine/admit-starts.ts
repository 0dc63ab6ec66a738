import type { EngineQuery } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import type { FunctionConfig } from "./config";
import { type Engine, LOCKS } from "./engine";
import { finishRun } from "./finish-run";
import { keyOfStart, sharedKeyOfStart } from "./flow-keys";
import { gatherStarts } from "./gather-starts";
import { after, fitsAt } from "./rate";
import { chooseSingletons, type Contender } from "./singleton";
import type { Start } from "./start-runs";
import { idOf, readWindows, type Window, writeWindows } from "./windows";

/** Why a start does not become a run. */
export type DropReason = "idempotency" | "rate_limit" | "singleton";

export interface Admitted {
  /** What starts now or at a moment of its own, with what was decided about it. */
  starts: Start[];
  dropped: { start: Start; reason: DropReason }[];
}

function drop(admitted: Admitted, start: Start, reason: DropReason): void {
  admitted.dropped.push({ start, reason });
  const { config, tenantId, event } = start;
  log().debug({ functionId: config.id, tenantId, event: event.id, reason }, "no start");
}

const isControlled = ({ flow }: FunctionConfig) =>
  flow.rateLimit !== null || flow.gathering !== null || flow.singleton !== null || flow.throttle !== null;

/** Whoever decides about starts holds this lock to the end of its transaction: what it read is so until then. */
export async function lockFlow(query: EngineQuery): Promise<number> {
  const [clock] = await query<{ ms: string }>(
    "select floor(extract(epoch from engine.clock()) * 1000) as ms from pg_advisory_xact_lock($1)",
    [LOCKS.flow],
  );
  return Number(clock?.ms);
}

const startId = (functionId: string, triggerKey: string) => JSON.stringify([functionId, triggerKey]);

/** Leaves out what has become a run already, so that looking at it again uses nothing up. */
async function withoutKnown(query: EngineQuery, starts: readonly Start[]): Promise<Start[]> {
  const known = await query<{ function_id: string; trigger_key: string }>(
    `select function_id, trigger_key from engine.runs
     join unnest($1::text[], $2::text[]) as x(function_id, trigger_key) using (function_id, trigger_key)`,
    [starts.map(({ config }) => config.id), starts.map(({ triggerKey }) => triggerKey)],
  );
  const ids = new Set(known.map(({ function_id, trigger_key }) => startId(function_id, trigger_key)));
  return starts.filter(({ config, triggerKey }) => !ids.has(startId(config.id, triggerKey)));
}

/** Drops what comes too soon after others of its key: rateLimit, and idempotency, which is one start per day. */
async function limitRates(query: EngineQuery, starts: readonly Start[], now: number): Promise<Admitted> {
  const limited = starts.map((start) => {
    const { config, tenantId, event } = start;
    const { rateLimit } = config.flow;
    const key = rateLimit === null ? null : keyOfStart(rateLimit.key, event);
    if (rateLimit === null || key === null) return { start, limit: null };
    const window: Window = { functionId: config.id, tenantId, control: rateLimit.control, key };
    return { start, limit: { ...rateLimit, window } };
  });
  const windows = limited.flatMap(({ limit }) => (limit === null ? [] : [limit.window]));
  if (windows.length === 0) return { starts: [...starts], dropped: [] };
  const before = await readWindows(query, windows);
  const wholeAt = new Map(before);
  const admitted: Admitted = { starts: [], dropped: [] };
  for (const { start, limit } of limited) {
    const whole = limit === null ? undefined : wholeAt.get(idOf(limit.window));
    if (limit !== null && fitsAt(whole, now, limit.rate) > now) {
      drop(admitted, start, limit.control);
      continue;
    }
    if (limit !== null) wholeAt.set(idOf(limit.window), after(whole, now, limit.rate));
    admitted.starts.push(start);
  }
  await writeWindows(query, windows, { before, now: wholeAt });
  return admitted;
}

interface OpenRun extends Record<string, unknown> {
  id: string;
  function_id: string;
  tenant_id: string;
  singleton: string;
}

const slotId = (functionId: string, tenantId: string, key: string) => JSON.stringify([functionId, tenantId, key]);

/** Lets each singleton have one run: skips what comes while one is open, or cancels that one. */
async function keepSingletons(engine: Engine, query: EngineQuery, starts: readonly Start[]): Promise<Admitted> {
  const asked = starts.map(({ config, tenantId, event }) => {
    const { singleton } = config.flow;
    const key = singleton === null ? null : keyOfStart(singleton.key, event);
    const slot = key === null ? null : slotId(config.id, tenantId, key);
    const contender: Contender = { slot, mode: singleton?.mode ?? "skip" };
    return { key, contender, functionId: config.id, tenantId };
  });
  const wanted = asked.filter(({ key }) => key !== null);
  if (wanted.length === 0) return { starts: [...starts], dropped: [] };
  const open = await query<OpenRun>(
    `select id, function_id, tenant_id, singleton from engine.runs
     join (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as x(function_id, tenant_id, singleton)) wanted
       using (function_id, tenant_id, singleton)
     where status in ('queued', 'running')`,
    [wanted.map(({ functionId }) => functionId), wanted.map(({ tenantId }) => tenantId), wanted.map(({ key }) => key)],
  );
  const bySlot = new Map(open.map((run) => [slotId(run.function_id, run.tenant_id, run.singleton), run.id]));
  const choice = chooseSingletons(
    asked.map(({ contender }) => contender),
    new Set(bySlot.keys()),
  );
  for (const slot of choice.cancels) {
    const runId = bySlot.get(slot);
    if (runId !== undefined) await finishRun(engine, query, runId, { status: "cancelled" });
  }
  const admitted: Admitted = { starts: [], dropped: [] };
  for (const [place, start] of starts.entries()) {
    const key = asked[place]?.key ?? null;
    if (choice.starts[place] !== true) drop(admitted, start, "singleton");
    else admitted.starts.push(key === null ? start : { ...start, flow: { ...start.flow, singleton: key } });
  }
  return admitted;
}

/**
 * Gives each start of a throttled function its place in the line, first come, first served. Whether it may begin then is
 * decided anew when it is claimed: workers that were away must not catch up with all of them at once.
 */
async function promiseStarts(query: EngineQuery, starts: readonly Start[], now: number): Promise<Start[]> {
  const throttled = starts.map((start) => {
    const { config, tenantId, event } = start;
    const { throttle } = config.flow;
    if (throttle === null) return { start, line: null };
    const key = sharedKeyOfStart(throttle.key, event);
    const window: Window = { functionId: config.id, tenantId, control: "throttle_line", key };
    return { start, line: { window, rate: throttle.rate } };
  });
  const windows = throttled.flatMap(({ line }) => (line === null ? [] : [line.window]));
  if (windows.length === 0) return [...starts];
  const before = await readWindows(query, windows);
  const wholeAt = new Map(before);
  const promised = throttled.map(({ start, line }) => {
    if (line === null) return start;
    const whole = wholeAt.get(idOf(line.window));
    const startAtMs = fitsAt(whole, now, line.rate);
    wholeAt.set(idOf(line.window), after(whole, startAtMs, line.rate));
    return { ...start, flow: { ...start.flow, throttle: { key: line.window.key, startAtMs } } };
  });
  await writeWindows(query, windows, { before, now: wholeAt });
  return promised;
}

/** What is decided once nothing waits for others any more: which run of a singleton stays, and when each may begin. */
export async function admitGathered(
  engine: Engine,
  query: EngineQuery,
  starts: readonly Start[],
  now: number,
): Promise<Admitted> {
  const kept = await keepSingletons(engine, query, starts);
  return { ...kept, starts: await promiseStarts(query, kept.starts, now) };
}

/** True when something of a start comes at a time of its own, so that a worker has to look again. */
const hasOwnTime = ({ config: { flow } }: Start) =>
  flow.throttle !== null || flow.priority !== null || flow.startTimeoutMs !== null;

/**
 * Decides which starts become runs, as their functions' flow control asks, in the transaction that starts them: what is
 * used up, kept waiting or cancelled is so exactly when they start. Asks nothing about functions without flow control.
 */
export async function admitStarts(engine: Engine, query: EngineQuery, starts: readonly Start[]): Promise<Admitted> {
  if (starts.some(hasOwnTime)) engine.hasPlanned = true;
  if (!starts.some(({ config }) => isControlled(config))) return { starts: [...starts], dropped: [] };
  const now = await lockFlow(query);
  const limited = await limitRates(query, await withoutKnown(query, starts), now);
  const gathered = await gatherStarts(query, limited.starts, now);
  if (gathered.isWaiting) engine.hasPlanned = true;
  const admitted = await admitGathered(engine, query, gathered.starts, now);
  return { starts: admitted.starts, dropped: [...limited.dropped, ...admitted.dropped] };
}
