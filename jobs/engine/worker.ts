import { listen } from "@/db/listen";
import { log } from "@/server/platform/log";
import { bootEngine, type EngineOptions } from "./boot";
import { type Claim, claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { fireCrons } from "./fire-crons";
import { fireTimers, nextDueMs } from "./fire-timers";
import { heartbeat, registerWorker, releaseLeases, unregisterWorker } from "./leases";
import { routeEvents } from "./route-events";
import { createWaker, type Waker } from "./waker";

export interface WorkerOptions extends EngineOptions {
  /** What code runs, as readiness shows it. */
  revision: string;
}

export interface Worker {
  readonly id: string;
  /** Takes no new call, waits for those in flight (10 s), gives back the rest. */
  stop(): Promise<void>;
}

/** Calls in flight, by lease. */
type InFlight = Map<string, Promise<void>>;

async function whileRunning(engine: Engine, inFlight: InFlight, claim: Claim, waker: Waker): Promise<void> {
  try {
    await execute(engine, claim);
  } catch (error) {
    // The lease runs out, and the call is made again: what was not committed did not happen.
    log().error({ err: error, runId: claim.runId, call: claim.dedupe }, "a call could not be committed");
  } finally {
    inFlight.delete(claim.leaseId);
    waker.wake();
  }
}

/** When a worker last looked for events, timers and schedules, and whether it was told to look again. */
interface Agenda {
  isCalled: boolean;
  /** Milliseconds on the process's own, steady clock. */
  lookAt: number;
}

/** Routes events and fires what is due. A call that ends leads to no look of its own: nothing but calls follow from it. */
async function look(engine: Engine, agenda: Agenda): Promise<void> {
  if (!agenda.isCalled && performance.now() < agenda.lookAt) return;
  agenda.isCalled = false;
  const fired = (await fireCrons(engine)) + (await fireTimers(engine)) + (await routeEvents(engine));
  if (fired > 0) {
    agenda.isCalled = true; // there may be more than one batch of it
    return;
  }
  const dueMs = await nextDueMs(engine);
  agenda.lookAt = performance.now() + Math.min(engine.tuning.pollMs, dueMs ?? engine.tuning.pollMs);
}

/** One round of what is due. Returns true when there is more to do at once. */
async function round(engine: Engine, inFlight: InFlight, waker: Waker, agenda: Agenda): Promise<boolean> {
  await look(engine, agenda);
  const free = waker.isStopped ? 0 : engine.tuning.capacity - inFlight.size;
  const claims = await claimCalls(engine, free);
  const leaseIds = claims.map((claim) => claim.leaseId);
  if (waker.isStopped) {
    await releaseLeases(engine, leaseIds);
    return false;
  }
  for (const claim of claims) inFlight.set(claim.leaseId, whileRunning(engine, inFlight, claim, waker));
  return agenda.isCalled || (claims.length > 0 && claims.length === free);
}

async function loop(engine: Engine, inFlight: InFlight, waker: Waker, agenda: Agenda): Promise<void> {
  while (!waker.isStopped) {
    try {
      if (await round(engine, inFlight, waker, agenda)) continue;
      await waker.sleep(agenda.lookAt - performance.now());
    } catch (error) {
      log().error({ err: error }, "the executor cannot work; it tries again");
      await waker.sleep(engine.tuning.pollMs);
    }
  }
}

async function beat(engine: Engine, inFlight: InFlight, waker: Waker): Promise<void> {
  for (;;) {
    await waker.sleep(engine.tuning.heartbeatMs);
    if (waker.isStopped) return;
    const held = [...inFlight.keys()];
    try {
      const kept = await heartbeat(engine, held);
      // A call that ended meanwhile is no loss.
      const lost = held.filter((leaseId) => !kept.has(leaseId) && inFlight.has(leaseId));
      if (lost.length > 0) log().warn({ lost: lost.length }, "calls have passed to another worker");
    } catch (error) {
      log().error({ err: error }, "the heartbeat failed");
    }
  }
}

/** Waits for calls in flight, at most `drainMs`. */
async function drain(engine: Engine, inFlight: InFlight): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, engine.tuning.drainMs);
  });
  await Promise.race([Promise.allSettled([...inFlight.values()]), tooLong]);
  clearTimeout(timer);
}

/**
 * Starts a worker: it routes events, fires timers and schedules, and runs functions until it is stopped. Any number of
 * workers may share a database. Throws UnsupportedFunctionError before it touches any work.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const engine = await bootEngine(options);
  await registerWorker(engine, options.revision);
  const inFlight: InFlight = new Map();
  const waker = createWaker();
  const pulse = createWaker();
  const agenda: Agenda = { isCalled: true, lookAt: 0 };
  const listener = listen(engine.database, "conductor_engine", () => {
    agenda.isCalled = true;
    waker.wake();
  });
  const looping = loop(engine, inFlight, waker, agenda);
  const beating = beat(engine, inFlight, pulse);
  log().info({ worker: engine.workerId, functions: [...engine.configs.keys()] }, "executor started");

  const stop = async (): Promise<void> => {
    engine.isDraining = true;
    waker.stop();
    await Promise.all([looping, listener.stop()]);
    // Leases are kept alive until the last call has ended or is given back.
    await drain(engine, inFlight);
    pulse.stop();
    await beating;
    await releaseLeases(engine, [...inFlight.keys()]);
    await unregisterWorker(engine);
    log().info({ worker: engine.workerId, givenBack: inFlight.size }, "executor stopped");
  };
  let stopping: Promise<void> | undefined;
  return { id: engine.workerId, stop: () => (stopping ??= stop()) };
}
