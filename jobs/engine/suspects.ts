import { SUSPECT_CRASHES } from "./due-calls";

/** Suspects that one worker holds at a time. */
export const MOST_SUSPECTS = 1;

/** A call in flight. */
export interface Held {
  /** How many workers died with it. */
  crashes: number;
}

/**
 * How many suspects a worker may take beside what it holds: what kills its worker takes along whatever that holds, and a
 * second suspect would be given up for the first one's deaths. So those that a few deaths in a row have left are taken up
 * in single file.
 */
export function placesForSuspects(held: readonly Held[]): number {
  return MOST_SUSPECTS - held.filter(({ crashes }) => crashes >= SUSPECT_CRASHES).length;
}
