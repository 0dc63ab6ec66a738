import type { HoldKind } from "@/server/holds/domain/hold";
import { isFinal, type RunStatus } from "./status";

/** Where a run stands among holds. */
export interface Standing {
  status: RunStatus;
  /** It is queued, and no job begins it before a pause is lifted. */
  isPaused: boolean;
}

/** How a start is answered under the hold that is on: null where it is refused. */
export function admitted(hold: HoldKind | null): Standing | null {
  return hold === "kill" ? null : { status: "queued", isPaused: hold === "pause" };
}

/** What a turn may make of a run: nothing of one that has ended or waits for a pause, and under a kill only its end. */
export function afterTurn(run: Standing, isKillOn: boolean, next: "running" | "succeeded" | "failed"): Standing {
  if (isFinal(run.status) || run.isPaused) return run;
  return { status: isKillOn ? "killed" : next, isPaused: false };
}

/** What stopping makes of a run: one that has ended keeps how it did. */
export function afterStop(run: Standing, status: "cancelled" | "killed"): Standing {
  return isFinal(run.status) ? run : { status, isPaused: false };
}

/** What is left of waiting once the queue is drained: a run goes unless another pause is on. */
export function afterRelease(run: Standing, isPauseOn: boolean): Standing {
  return run.isPaused && !isPauseOn ? { ...run, isPaused: false } : run;
}

/** True for a run that waits for a pause, by what the database keeps of it; the mark of one that was stopped stays. */
export const isWaiting = ({ status, pausedAt }: { status: RunStatus; pausedAt: Date | null }): boolean =>
  status === "queued" && pausedAt !== null;
