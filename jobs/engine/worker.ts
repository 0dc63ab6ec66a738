import { listen } from "@/db/listen";
import { log } from "@/server/platform/log";
import { bootEngine, type EngineOptions } from "./boot";
import { type Claim, claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { fireCollections } from "./fire-collections";
import { fireCrons } from "./fire-crons";
import { fireTimers } from "./fire-timers";
import { heartbeat, registerWorker, releaseLeases, unregisterWorker } from "./leases";
import { ROUTE_BATCH, routeEvents } from "./route-events";
import { type Held, MOST_SUSPECTS, placesForSuspects } from "./suspects";
import { createWaker, type Waker } from "./waker";
import { whatIsDue } from "./what-is-due";

export interface WorkerOptions extends EngineOptions {
  /** What code runs, as readiness shows it. */
  revision: string;
}

export interface Worker {
  readonly id: string;
  /** Takes no new call, waits for those in flight (7 s), gives back the rest. */
  stop(): Promise<void>;
}

interface Call extends Held {
  /** When it was claimed, on the process's own, steady clock (performance.now). */
  since: number;
  tenantId: string;
  ended: Promise<void>;
}

/** Calls in flight, by lease. */
type InFlight = Map<string, Call>;

/** Places for further calls. One that is out for long computes nothing: counted, a few slow targets would stop everybody. */
function freePlaces({ tuning }: Engine, inFlight: InFlight): number {
  const waitingSince = performance.now() - tuning.waitingAfterMs;
  const atWork = [...inFlight.values()].filter(({ since }) => since > waitingSince).length;
  return Math.min(tuning.capacity - atWork, tuning.mostInFlight - inFlight.size);
}

async function whileRunning(engine: Engine, inFlight: InFlight, claim: Claim, waker: Waker): Promise<void> {
  // A little late: a timer may fire a moment before its time, and nobody would look again.
  const waits = setTimeout(() => waker.wake(), engine.tuning.waitingAfterMs + 10);
  try {
    await execute(engine, claim);
  } catch (error) {
    // The lease runs out, and the call is made again: what was not committed did not happen.
    log().error({ err: error, runId: claim.runId, call: claim.dedupe }, "a call could not be committed");
  } finally {
    clearTimeout(waits);
    inFlight.delete(claim.leaseId);
    waker.wake();
  }
}

/** What a worker has to look after, and when. */
interface Agenda {
  /** Somebody said that there is something new: an event, or calls that another worker's routing led to. */
  isCalled: boolean;
  /** There may be due calls that nobody has claimed. */
  mayClaim: boolean;
  /** When timers, schedules and retries are looked after again: milliseconds on the process's own, steady clock. */
  lookAt: number;
}

/** Fires what is due, and plans when to look again. */
async function fireDue(engine: Engine, agenda: Agenda): Promise<void> {
  engine.hasPlanned = false;
  const due = await whatIsDue(engine);
  let fired = 0;
  if (due.hasCrons) fired += await fireCrons(engine);
  if (due.hasTimers) fired += await fireTimers(engine);
  if (due.hasGathered) fired += await fireCollections(engine);
  // There may be more than one batch of it.
  const inMs = fired > 0 ? 0 : Math.min(engine.tuning.pollMs, due.inMs ?? engine.tuning.pollMs);
  agenda.lookAt = performance.now() + inMs;
}

/** Routes events and fires what is due. A call that ends its run leads to no look: nothing follows from it. */
async function look(engine: Engine, agenda: Agenda): Promise<void> {
  const isTime = engine.hasPlanned || performance.now() >= agenda.lookAt;
  if (!isTime && !agenda.isCalled) return;
  agenda.isCalled = false;
  if (isTime) {
    await fireDue(engine, agenda);
    // Also calls that others gave back, or let go of when they died.
    agenda.mayClaim = true;
  }
  const { events, hasWork } = await routeEvents(engine);
  if (hasWork) agenda.mayClaim = true;
  if (events === ROUTE_BATCH) agenda.isCalled = true;
}

const hasLimits = ({ configs }: Engine) => [...configs.values()].some(({ concurrency }) => concurrency.length > 0);

const freeForSuspects = (inFlight: InFlight) => placesForSuspects([...inFlight.values()]);

/** Whether calls of this worker's own may keep slots from others, or a place from another suspect. */
const holdsSlots = (engine: Engine, inFlight: InFlight) =>
  inFlight.size > 0 && (hasLimits(engine) || freeForSuspects(inFlight) < MOST_SUSPECTS);

/** Whether there is something to look at before the next rest. What this very round has planned has a time to plan for. */
const isUrgent = (engine: Engine, agenda: Agenda) => agenda.isCalled || engine.hasPlanned;

/** One round of what is due. Returns true when there is more to do at once. */
async function round(engine: Engine, inFlight: InFlight, waker: Waker, agenda: Agenda): Promise<boolean> {
  await look(engine, agenda);
  const free = waker.isStopped ? 0 : freePlaces(engine, inFlight);
  if (free <= 0 || !agenda.mayClaim) return isUrgent(engine, agenda);
  // Before the question: what is said while it is asked counts anew.
  agenda.mayClaim = false;
  // Asked before: a call that ends while the question is under way still held its slot when the answer was made.
  const heldSlots = holdsSlots(engine, inFlight);
  const suspects = freeForSuspects(inFlight);
  const claims = await claimCalls(engine, free, { suspects });
  if (waker.isStopped) {
    await releaseLeases(
      engine,
      claims.map((claim) => claim.leaseId),
    );
    return false;
  }
  const since = performance.now();
  for (const claim of claims)
    inFlight.set(claim.leaseId, {
      ...{ tenantId: claim.tenantId, since, crashes: claim.crashes },
      ended: whileRunning(engine, inFlight, claim, waker),
    });
  const isFull = claims.length === free;
  // Left behind, perhaps: what found no place here, its tenant's or a key's. The end of a call may let it in.
  if (isFull || engine.hasLeftBehind || heldSlots || holdsSlots(engine, inFlight)) agenda.mayClaim = true;
  return isUrgent(engine, agenda) || isFull;
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
  await Promise.race([Promise.allSettled([...inFlight.values()].map(({ ended }) => ended)), tooLong]);
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
  const agenda: Agenda = { isCalled: true, mayClaim: true, lookAt: 0 };
  const listener = listen(engine.database, "conductor_engine", (said) => {
    // What this worker told the others is no news to it.
    if (said === engine.workerId) return;
    // Another worker tells of calls, a verb of events.
    if (said === "") agenda.isCalled = true;
    else agenda.mayClaim = true;
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
