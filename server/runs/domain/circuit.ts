/**
 * When attempts to a host that keeps failing are cut short. Counted are attempts without an answer (timeout, cut line, no such
 * host) and answers of 500 to 599 that the step does not expect; any other answer ends the row.
 */
export const CIRCUIT = {
  /** So many attempts in a row have failed, … */
  failures: 10,
  /** … the first of them begun so long ago at the least: what fails in one moment is one event, (milliseconds) … */
  lastsMs: 2_000,
  /** … and none of them longer ago than this after the one before (milliseconds). */
  windowMs: 60_000,
  /** Then no attempt is made for so long; twice as long each time that the one which is let through fails (milliseconds). */
  pauseMs: 5_000,
  pauseMsMost: 60_000,
} as const;

/** A host that has failed since its last good answer. All moments are of one steady clock, in milliseconds. */
export interface Circuit {
  /** How many attempts have failed in a row. */
  failures: number;
  /** When the first of them began. */
  since: number;
  /** When the last of them failed. */
  lastAt: number;
  /** Until when no attempt is made; null while it is closed. */
  openUntil: number | null;
  /** How long that pause is. */
  pauseMs: number;
}

/** `try` lets one attempt through that decides for the others. */
export type Admission = "go" | "try" | "refuse";

/** Whether an attempt may be made now. */
export function admission(circuit: Circuit | undefined, now: number): Admission {
  if (circuit === undefined || circuit.openUntil === null) return "go";
  return now < circuit.openUntil ? "refuse" : "try";
}

export interface FailedAttempt {
  beganAt: number;
  now: number;
  /** It was the one that was let through. */
  isTry: boolean;
}

/** The circuit after a failed attempt. One that began before it opened tells nothing new. */
export function afterFailure(circuit: Circuit | undefined, { beganAt, now, isTry }: FailedAttempt): Circuit {
  const { failures: most, lastsMs, windowMs, pauseMs, pauseMsMost } = CIRCUIT;
  if (circuit !== undefined && circuit.openUntil !== null) {
    if (!isTry) return circuit;
    const longer = Math.min(circuit.pauseMs * 2, pauseMsMost);
    return { ...circuit, failures: circuit.failures + 1, lastAt: now, pauseMs: longer, openUntil: now + longer };
  }
  const isNewRow = circuit === undefined || now - circuit.lastAt > windowMs;
  const failures = isNewRow ? 1 : circuit.failures + 1;
  const since = isNewRow ? beganAt : Math.min(circuit.since, beganAt);
  const opens = failures >= most && now - since >= lastsMs;
  return { failures, since, lastAt: now, pauseMs, openUntil: opens ? now + pauseMs : null };
}
