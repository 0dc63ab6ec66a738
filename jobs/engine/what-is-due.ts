import { type Engine, lazily } from "./engine";

/** What comes by itself: what has its time now, and when the next does. */
export interface Due {
  hasCrons: boolean;
  /** Sleeps, waits and invocations that timed out, runs that began or ended too late. */
  hasTimers: boolean;
  /** Events that were gathered have waited long enough. */
  hasGathered: boolean;
  /** Milliseconds until the next timer, retry, delayed start, collection or cron slot; null when nothing is planned. */
  inMs: number | null;
}

const DUE = `
  select exists (select from engine.cron where next_at <= engine.clock() and function_id = any($1)) as has_crons,
    exists (select from engine.jobs where kind = 'timer' and run_at <= engine.clock()) as has_timers,
    exists (select from engine.collections where due_at <= engine.clock() and function_id = any($1)) as has_gathered,
    ceil(extract(epoch from least(
      (select min(run_at) from engine.jobs where kind = 'timer' and run_at > engine.clock()),
      (select min(run_at) from engine.jobs where kind = 'call' and run_at > engine.clock()),
      (select min(due_at) from engine.collections where due_at > engine.clock()),
      (select min(next_at) from engine.cron where next_at > engine.clock())
    ) - engine.clock()) * 1000) as ms`;

interface Row extends Record<string, unknown> {
  has_crons: boolean;
  has_timers: boolean;
  has_gathered: boolean;
  ms: string | null;
}

/** Asks for all of it in one round trip: most of the time nothing is due. */
export async function whatIsDue(engine: Engine): Promise<Due> {
  const asked = await lazily(engine, async (_query, last) => ({
    rows: last<Row>(DUE, [[...engine.configs.keys()]]),
  }));
  const [row] = await asked.rows;
  const ms = row?.ms ?? null;
  return {
    hasCrons: row?.has_crons ?? false,
    hasTimers: row?.has_timers ?? false,
    hasGathered: row?.has_gathered ?? false,
    inMs: ms === null ? null : Number(ms),
  };
}
