export type Interval = "day" | "week" | "month" | "year";

/** How often a price bills: every so many of an interval. */
export interface Recurrence {
  interval: Interval;
  count: number;
}

const DAY = 24 * 60 * 60;

/**
 * The n-th moment of billing after the anchor, in seconds since 1970 (UTC); n = 0 is the anchor itself. Documented: a day that a
 * month does not have becomes its last day, and the anchor's day returns in months that have it.
 */
export function periodBoundary(anchor: number, { interval, count }: Recurrence, n: number): number {
  if (interval === "day") return anchor + n * count * DAY;
  if (interval === "week") return anchor + n * count * 7 * DAY;
  const months = n * count * (interval === "year" ? 12 : 1);
  const at = new Date(anchor * 1000);
  const month = at.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), lastDay);
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()] as const;
  return Date.UTC(at.getUTCFullYear(), month, day, ...time) / 1000;
}

/** The period that a moment falls into: from its start, up to but without its end. */
export function periodAt(anchor: number, recurrence: Recurrence, moment: number): { start: number; end: number } {
  let n = Math.floor((moment - anchor) / longest(recurrence));
  // The longest length skips too little, never too much, when going forward; going back it may start one too late.
  while (periodBoundary(anchor, recurrence, n) > moment) n -= 1;
  while (periodBoundary(anchor, recurrence, n + 1) <= moment) n += 1;
  return { start: periodBoundary(anchor, recurrence, n), end: periodBoundary(anchor, recurrence, n + 1) };
}

function longest({ interval, count }: Recurrence): number {
  return count * { day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY }[interval];
}
