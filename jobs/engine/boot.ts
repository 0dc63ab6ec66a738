import type { Inngest, InngestFunction } from "inngest";
import type { Database } from "@/db/client";
import { newId } from "@/server/kernel/ids";
import { readConfigs } from "./config";
import { DEFAULT_TUNING, type Engine, type EngineClock, type Tuning } from "./engine";
import { planCrons } from "./fire-crons";
import { createSdk } from "./sdk";
import { firstTurns } from "./take-turns";

export interface EngineOptions {
  database: Database;
  functions: readonly InngestFunction.Any[];
  /** The client the functions were made on; its server is `serverInProcess` (server/platform/inngest.ts). */
  client: Inngest.Any;
  tuning?: Partial<Tuning>;
  clock?: EngineClock;
  random?: () => number;
}

/**
 * Prepares an executor: reads what the functions ask for, plans their schedules. Throws UnsupportedFunctionError when a
 * function asks for something that the executor does not do.
 */
export async function bootEngine(options: EngineOptions): Promise<Engine> {
  const sdk = createSdk(options.client, options.functions);
  const configs = readConfigs(await sdk.readConfigs());
  const subscriptions = [...configs.values()].flatMap(({ events, cancelOn }) => [
    ...events.map(({ name }) => name),
    ...cancelOn.map(({ event }) => event),
  ]);
  const engine: Engine = {
    database: options.database,
    sdk,
    configs,
    subscriptions: new Set(subscriptions),
    tuning: { ...DEFAULT_TUNING, ...options.tuning },
    clock: options.clock ?? { shiftMs: 0 },
    workerId: newId("job"),
    isDraining: false,
    random: options.random ?? Math.random,
    hasPlanned: true,
    hasLeftBehind: false,
    turns: firstTurns(),
    toldHits: new Map(),
  };
  await planCrons(engine);
  return engine;
}
