import type { EngineQuery } from "@/db/tenancy";
import type { Quota } from "@/server/quotas";
import type { Candidate } from "./choose-calls";
import type { Engine } from "./engine";
import { ALL_LANES, isRunLane, type Lane, LANES } from "./lanes";
import type { Turns } from "./take-turns";
import { throttleOf, type Throttled } from "./throttle-claims";

/** A due call as it was found, and what deciding about it needs. */
export interface Found extends Candidate {
  lane: Lane;
  tenantId: string;
  /** Set for the first call of a throttled run. */
  throttled: Throttled | null;
  /** How long a run may take that begins with this call. */
  finishTimeoutMs: number | null;
  /** How many have the places of its tenant, by their keys. */
  placesTaken: readonly (readonly [string, number])[];
  /** True when its function limits how many of its calls are out. */
  hasConcurrency: boolean;
}

/** A tenant whose calls were passed over; without a quota's name, those that are no run's. */
export interface QuotaHit {
  tenantId: string;
  quota: Quota | null;
}

export interface DuePage {
  /** Within each lane in its tenants' turns, the first call of each before the second of any. */
  calls: Found[];
  hits: QuotaHit[];
  /** True when there may be more than these. */
  isCut: boolean;
}

/** What is looked for. */
export interface Wanted {
  /** Tenants with due calls per lane, and calls of each lane, at the least, as far as there are any. */
  most: number;
  /** Keys without a place left: of concurrency, and of tenants. */
  full: readonly string[];
  allowsSuspects: boolean;
  /** Those that are taken already. */
  chosen: readonly Candidate[];
}

/** So many workers died with a call that the next one takes care; `engine.due_calls` counts by it too. */
export const SUSPECT_CRASHES = 2;

const limitsStarts = ({ configs }: Engine) => [...configs.values()].some(({ flow }) => flow.startTimeoutMs !== null);

/**
 * A tenant's places, as keys beside those of concurrency: of its runs' calls, of its other calls, of runs that are out, and
 * of runs that begin beside those at work. `engine.due_calls` knows them too.
 */
const PLACES = { steps: "steps/", own: "own/", runs: "runs/", begins: "begins/" } as const;

/** What a full key stands for; undefined where it is no tenant's place. */
export function hitOf(key: string): QuotaHit | undefined {
  if (key.startsWith(PLACES.own)) return { tenantId: key.slice(PLACES.own.length), quota: null };
  if (key.startsWith(PLACES.steps)) return { tenantId: key.slice(PLACES.steps.length), quota: "concurrent_steps" };
  for (const place of [PLACES.runs, PLACES.begins])
    if (key.startsWith(place)) return { tenantId: key.slice(place.length), quota: "concurrent_runs" };
  return undefined;
}

// Plans of its own: engine.due_calls in the migrations.
const DUE_CALLS = "select * from engine.due_calls($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

interface Row extends Record<string, unknown> {
  lane: Lane;
  tenant_id: string;
  /** How many calls of the tenant are here at most. */
  share: number;
  /** Set where a quota kept back what the tenant has; then there is no call. */
  hit: "concurrent_steps" | "concurrent_runs" | "own" | null;
  most_steps: number;
  calls_out: number;
  most_runs: number;
  /** How many of the tenant's runs are at work: out, or due to go on. One that rests is not. */
  begun: number;
  run_id: string;
  dedupe: string;
  is_start: boolean;
  function_id: string;
  concurrency: string[];
  throttle: string | null;
  priority: number;
  /** Its run has not begun. */
  is_queued: boolean;
  age_ms: number;
  is_suspect: boolean;
  /** A dead worker left it. */
  is_expired: boolean;
}

/** The places of its tenant that a call takes, each with how many are taken. */
function placesOf(row: Row): { key: string; limit: number; taken: number }[] {
  const { lane, tenant_id: tenantId, most_steps: limit, most_runs: mostRuns, calls_out: taken } = row;
  if (lane === LANES.system) return [];
  if (!isRunLane(lane)) return [{ key: PLACES.own + tenantId, limit, taken }];
  const step = { key: PLACES.steps + tenantId, limit, taken };
  const run = { key: PLACES.runs + tenantId, limit: mostRuns, taken };
  return row.is_start ? [step, run, { key: PLACES.begins + tenantId, limit: mostRuns, taken: row.begun }] : [step, run];
}

function read(engine: Engine, row: Row): Found {
  const {
    run_id: runId,
    dedupe,
    lane,
    tenant_id: tenantId,
    function_id: functionId,
    concurrency,
    is_suspect: isSuspect,
  } = row;
  const config = engine.configs.get(functionId);
  const slots = concurrency.flatMap((key, place) => {
    const limit = config?.concurrency[place]?.limit;
    return limit === undefined ? [] : [{ key, limit }];
  });
  const places = placesOf(row);
  const throttled = row.is_queued ? throttleOf(config, { ...row, ageMs: row.age_ms }) : null;
  return {
    ...{ runId, dedupe, lane, tenantId, isSuspect, throttled, throttle: throttled?.throttle },
    finishTimeoutMs: row.is_queued ? (config?.flow.finishTimeoutMs ?? null) : null,
    slots: [...slots, ...places],
    hasConcurrency: slots.length > 0,
    placesTaken: places.map(({ key, taken }) => [key, taken] as const),
  };
}

interface Ranked {
  row: Row;
  /** From 0: which of its tenant's calls it is; those that dead workers left come before all. */
  rank: number;
}

function ranked(rows: readonly Row[]): Ranked[] {
  const seen = new Map<string, number>();
  const all = rows.map((row) => {
    if (row.is_expired) return { row, rank: -1 };
    const queue = `${row.lane} ${row.tenant_id}`;
    const rank = seen.get(queue) ?? 0;
    seen.set(queue, rank + 1);
    return { row, rank };
  });
  return all.sort((a, b) => a.rank - b.rank);
}

/** True when so much was found that there may be more: enough tenants, or all of a tenant's share. */
function isCutOff(calls: readonly Ranked[], most: number): boolean {
  const firsts = calls.filter(({ rank }) => rank <= 0);
  const isFull = (lane: number) => firsts.filter(({ row, rank }) => rank === 0 && row.lane === lane).length >= most;
  return (
    calls.some(({ row, rank }) => rank >= 0 && rank + 1 >= row.share) ||
    ALL_LANES.some(isFull) ||
    firsts.filter(({ rank }) => rank < 0).length >= most
  );
}

/** What is due and may be taken, as far as a claim needs it. */
export async function dueCalls(query: EngineQuery, engine: Engine, turns: Turns, wanted: Wanted): Promise<DuePage> {
  const { most, full, allowsSuspects, chosen } = wanted;
  const { mostPerTenant, mostRunsPerTenant } = engine.tuning;
  const rows = await query<Row>(DUE_CALLS, [
    ...[ALL_LANES, ALL_LANES.map((lane) => turns.after[lane]), most, [...engine.configs.keys()], full, allowsSuspects],
    ...[
      chosen.map(({ runId, dedupe }) => `${runId} ${dedupe}`),
      mostPerTenant,
      mostRunsPerTenant,
      limitsStarts(engine),
    ],
  ]);
  const hits = rows.flatMap(({ tenant_id: tenantId, hit }): QuotaHit[] =>
    hit === null ? [] : [{ tenantId, quota: hit === "own" ? null : hit }],
  );
  const calls = ranked(rows.filter(({ hit }) => hit === null));
  return { calls: calls.map(({ row }) => read(engine, row)), hits, isCut: isCutOff(calls, most) };
}
