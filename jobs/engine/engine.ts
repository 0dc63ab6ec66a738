import type { Database } from "@/db/client";
import { type EngineQuery, withEngine } from "@/db/tenancy";
import type { FunctionConfig } from "./config";
import { DEFAULT_QUOTAS } from "@/server/quotas";
import type { Sdk } from "./sdk";
import type { Turns } from "./take-turns";

export interface Tuning {
  /** Calls at work at once in this process. */
  capacity: number;
  /** A call that is out for longer counts as waiting for somebody else's answer: it takes no place from those at work. */
  waitingAfterMs: number;
  /** Calls in flight at once in this process, waiting ones included. */
  mostInFlight: number;
  /** Of one tenant's calls no more are claimed while this many are out, unless its quota says another number. */
  mostPerTenant: number;
  /** Of one tenant's runs of workflows no more are begun while this many are under way, unless its quota says so. */
  mostRunsPerTenant: number;
  /** How long a call belongs to the worker that claimed it. */
  leaseMs: number;
  /** How often the worker says that it still holds what it holds. */
  heartbeatMs: number;
  /** How often the worker looks without being called. */
  pollMs: number;
  /** After this long a call counts as failed, even if its code still runs. */
  callTimeoutMs: number;
  /** How long `stop` waits for calls in flight. */
  drainMs: number;
  /** Lets a call go on from step to step, each kept as it ends, instead of one call per step. */
  checkpoints: boolean;
  /** Retry delays are multiplied by it. */
  retryScale: number;
}

export const DEFAULT_TUNING: Tuning = {
  capacity: 10,
  waitingAfterMs: 250,
  mostInFlight: 100,
  mostPerTenant: DEFAULT_QUOTAS.mostConcurrentSteps,
  mostRunsPerTenant: DEFAULT_QUOTAS.mostConcurrentRuns,
  leaseMs: 6_000,
  heartbeatMs: 1_500,
  pollMs: 1_000,
  callTimeoutMs: 15 * 60_000,
  drainMs: 7_000,
  checkpoints: true,
  retryScale: 1,
};

/** How far `engine.clock()` is ahead of the database's own; only tests move it. */
export interface EngineClock {
  shiftMs: number;
}

/** What every part of the executor works with. */
export interface Engine {
  database: Database;
  sdk: Sdk;
  configs: ReadonlyMap<string, FunctionConfig>;
  /** Names of all events that start or cancel some function. */
  subscriptions: ReadonlySet<string>;
  tuning: Tuning;
  clock: EngineClock;
  /** Names this process in leases. */
  workerId: string;
  /** True once the worker stops: calls then end after the step they are at. */
  isDraining: boolean;
  /** In [0, 1); tests fix it. */
  random: () => number;
  /** True when something was written that calls follow from, now or at a moment of its own: a next step, a timer, a retry. */
  hasPlanned: boolean;
  /** True when the last claim passed over due calls whose tenant has no place left: the end of a call may give it one. */
  hasLeftBehind: boolean;
  /** Whose turn it is at the next claim. */
  turns: Turns;
  /** When each hit quota was last told of, in milliseconds on the process's own, steady clock. */
  toldHits: Map<string, number>;
}

/** One transaction of the executor; it may run again from its start after a deadlock. */
export function inEngine<T>(engine: Engine, work: (query: EngineQuery, last: EngineQuery) => Promise<T>): Promise<T> {
  return withEngine({ database: engine.database, clockShiftMs: engine.clock.shiftMs }, work);
}

/**
 * The same without waiting for the disk, for what is merely done again should Postgres die before it has it: whoever acts on
 * it commits after it, and what is on the disk is there with all that came before.
 */
export function lazily<T>(engine: Engine, work: (query: EngineQuery, last: EngineQuery) => Promise<T>): Promise<T> {
  return withEngine({ database: engine.database, clockShiftMs: engine.clock.shiftMs, isLazy: true }, work);
}

/** Advisory locks of the executor: any constants will do, as long as every worker uses the same ones. */
export const LOCKS = { route: 7_203_501, claim: 7_203_502, flow: 7_203_503 } as const;
