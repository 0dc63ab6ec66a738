import { SUSPECT_CRASHES } from "./due-calls";

/** Suspects that one worker takes at a time. */
export const MOST_SUSPECTS = 1;

/**
 * So many deaths, and a call is held by itself until its end. What kills its worker late takes others along that came while
 * it was quiet: four deaths of theirs at most, before they are held like this too, and they are not given up for it.
 */
const ALONE_CRASHES = 4;

/** A call in flight: how many workers died with it, and since when it is out (performance.now). */
export interface Held {
  crashes: number;
  since: number;
}

const isSuspect = ({ crashes }: Held) => crashes >= SUSPECT_CRASHES;

/**
 * How many suspects a worker may take beside what it holds. One that has been out for a while, and has not killed it, keeps
 * the next ones from nothing: waiting for its end, all that a few deaths in a row have left would be taken up in single
 * file, and the last of them far too late.
 */
export function placesForSuspects(held: readonly Held[], now: number, quietAfterMs: number): number {
  const keepsOut = (call: Held) =>
    call.crashes >= ALONE_CRASHES || (isSuspect(call) && call.since > now - quietAfterMs);
  return held.some(keepsOut) ? 0 : MOST_SUSPECTS;
}
