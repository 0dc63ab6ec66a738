import { admitted, afterRelease, afterStop, afterTurn, type Standing } from "../domain/lifecycle";
import { isFinal } from "../domain/status";

/** One workflow of one step among holds: what the pure rules say of it. Each action is one transaction. */
export interface World {
  isKillOn: boolean;
  /** The kill that is on has ended all open runs. */
  isSettled: boolean;
  isPauseOn: boolean;
  /** In the order in which they were started. */
  runs: readonly Standing[];
  /** Steps that have begun. */
  steps: number;
}

export const NOTHING: World = { isKillOn: false, isSettled: false, isPauseOn: false, runs: [], steps: 0 };

/** The first run that a worker may take: open, and not waiting. */
export const openRun = ({ runs }: World): number => runs.findIndex((run) => !isFinal(run.status) && !run.isPaused);

/** A worker takes the first open run one turn on: it begins, or ends as given. */
const turn =
  (end: "succeeded" | "failed") =>
  (world: World): World => {
    const taken = openRun(world);
    const runs = world.runs.map((run, index) =>
      index === taken ? afterTurn(run, world.isKillOn, run.status === "queued" ? "running" : end) : run,
    );
    const hasBegun = runs[taken]?.status === "running";
    return { ...world, runs, steps: world.steps + (hasBegun ? 1 : 0) };
  };

export const ACTIONS = {
  start: (world: World): World => {
    // As `hold_on` in the database: a start queues behind those that wait.
    const isQueued = world.isPauseOn || world.runs.some((run) => run.status === "queued" && run.isPaused);
    const made = admitted(world.isKillOn ? "kill" : isQueued ? "pause" : null);
    return made === null ? world : { ...world, runs: [...world.runs, made] };
  },
  turn: turn("succeeded"),
  fail: turn("failed"),
  kill: (world: World): World => (world.isKillOn ? world : { ...world, isKillOn: true, isSettled: false }),
  settle: (world: World): World =>
    world.isKillOn ? { ...world, isSettled: true, runs: world.runs.map((run) => afterStop(run, "killed")) } : world,
  lift: (world: World): World => (world.isSettled ? { ...world, isKillOn: false, isSettled: false } : world),
  pause: (world: World): World => ({ ...world, isPauseOn: true }),
  resume: (world: World): World => ({ ...world, isPauseOn: false }),
  release: (world: World): World => {
    const oldest = world.runs.findIndex((run) => run.status === "queued" && run.isPaused);
    const runs = world.runs.map((run, index) => (index === oldest ? afterRelease(run, world.isPauseOn) : run));
    return { ...world, runs };
  },
};
export type Action = keyof typeof ACTIONS;
export const ALL_ACTIONS = Object.keys(ACTIONS) as Action[];
