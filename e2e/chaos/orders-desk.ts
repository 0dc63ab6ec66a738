import { type EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Refusal } from "@/server/kernel/errors";
import { killRun, startRun } from "@/server/runs";
import type { TenantContext } from "@/server/verb";
import { oneOf } from "./chance";
import type { Accepted } from "./evidence";
import { WORK_STEPS } from "./orders";

/** Open runs at a time: enough that each fault finds some at every point. */
const OPEN_MOST = 30;
/** One run in so many is killed by a person, at some moment of its life. */
const KILLED_ONE_IN = 8;
const KILLED_AFTER_MS = [0, 100, 300, 900, 1_400];
/** How long it may take until a run makes the request at which it is to be killed. */
const REQUESTED_WITHIN_MS = 5_000;
const AGAIN_MS = 100;

export interface Desk {
  accepted: readonly Accepted[];
  /** Milliseconds that the confirmations of kills took, those that outages held up left out. */
  kills: readonly number[];
  /** How often a start or a kill was refused because the database could not take it. */
  refusals: () => number;
  /** Starts no more, and waits for what it has under way. */
  close(): Promise<void>;
}

export interface DeskOptions {
  operator: TenantContext;
  workflowId: string;
  /** Null: nobody starts what kills its workers. */
  poisonId: string | null;
  chance: () => number;
  /** Emits `<order>/<step>` when the target gets a request. */
  requests: EventEmitter;
  countOpen: () => Promise<number>;
}

const isAway = (error: unknown) => error instanceof Refusal && error.code === "Unavailable";

/** Asks again until the product has answered: what it did not confirm may, or may not, have happened. */
async function insist<T>(ask: () => Promise<T>, refused: () => void): Promise<T> {
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      refused();
      await setTimeout(AGAIN_MS);
    }
}

async function requested(requests: EventEmitter, which: string): Promise<void> {
  const signal = AbortSignal.timeout(REQUESTED_WITHIN_MS);
  // Not made in time: the run is killed wherever it is by then.
  await once(requests, which, { signal }).catch(() => undefined);
}

/** Places orders, one run each, as fast as they are carried out; now and then it has one killed. */
export function openDesk({ operator, workflowId, poisonId, chance, requests, countOpen }: DeskOptions): Desk {
  const accepted: Accepted[] = [];
  const kills: number[] = [];
  const killing = new Set<Promise<void>>();
  const state = { isClosed: false, refusals: 0 };
  const refused = () => void (state.refusals += 1);
  const isOpen = () => !state.isClosed;

  const place = async (order: string, of: string): Promise<Accepted> => {
    const { runId } = await insist(
      () => startRun(operator, { workflowId: of, input: { order }, idempotencyKey: `order-${order}` }),
      refused,
    );
    const placed = { order, runId, killedAt: null, isPoison: of === poisonId };
    accepted.push(placed);
    return placed;
  };

  const kill = async (placed: Accepted): Promise<void> => {
    // Half of them between a request and its answer, where the next step is nearest.
    if (chance() < 0.5) await setTimeout(oneOf(chance, KILLED_AFTER_MS));
    else await requested(requests, `${placed.order}/${oneOf(chance, WORK_STEPS)}`);
    const askedAt = performance.now();
    let tries = 0;
    await insist(async () => {
      tries += 1;
      const isKilled = await killRun(operator, { runId: placed.runId, reason: "no longer wanted" }).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Refusal) || error.code !== "Conflict") throw error;
          // By the kill before, whose confirmation got lost; or it had ended.
          return error.message.includes("killed");
        },
      );
      if (!isKilled) return;
      placed.killedAt = performance.now();
      if (tries === 1) kills.push(placed.killedAt - askedAt);
    }, refused);
  };

  const placing = (async () => {
    if (poisonId !== null) await place("poison", poisonId);
    for (let count = 1; isOpen(); count += 1) {
      const placed = await place(String(count), workflowId);
      if (chance() * KILLED_ONE_IN < 1) {
        const one = kill(placed);
        killing.add(one);
        void one.finally(() => killing.delete(one));
      }
      while (isOpen() && (await countOpen().catch(() => OPEN_MOST)) >= OPEN_MOST) await setTimeout(AGAIN_MS);
    }
  })();

  // Whoever closes the desk is told.
  placing.catch(() => undefined);

  return {
    ...{ accepted, kills, refusals: () => state.refusals },
    close: async () => {
      state.isClosed = true;
      await placing;
      await Promise.all(killing);
    },
  };
}
