import { claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { fireCollections } from "./fire-collections";
import { fireCrons } from "./fire-crons";
import { fireTimers } from "./fire-timers";
import { routeEvents } from "./route-events";

/** Rounds after which a pump that finds ever more to do is taken for a function that never ends. */
const MOST_ROUNDS = 1_000;

async function fireDue(engine: Engine): Promise<number> {
  engine.hasPlanned = false;
  return (await fireCrons(engine)) + (await fireTimers(engine)) + (await fireCollections(engine));
}

/**
 * Does everything that is due at this moment of the engine's clock, and what follows from it, then returns how many
 * calls it made. The driver of tests: move `engine.clock.shiftMs`, pump, look.
 */
export async function pump(engine: Engine): Promise<number> {
  let calls = 0;
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const fired = (await fireDue(engine)) + (await routeEvents(engine)).events;
    const claims = await claimCalls(engine, engine.tuning.capacity);
    await Promise.all(claims.map((claim) => execute(engine, claim)));
    calls += claims.length;
    // A claim that only sent starts back may not have come to the end of them.
    if (fired + claims.length === 0 && !engine.hasPlanned) return calls;
  }
  throw new Error(`still not at rest after ${MOST_ROUNDS} rounds`);
}
