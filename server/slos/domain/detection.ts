import { ceilOf, floorOf, isMore, minus, numberOf, per, rational, type Rational, times } from "./rational";

/** Steady traffic of which a share fails, none before, watched by the two windows of an alert. */
export interface Outage {
  /** 0 to 1, as the rest. */
  errorRatio: Rational;
  budget: Rational;
  factor: Rational;
  longMinutes: number;
  shortMinutes: number;
}

/** Minutes of failures that a window has to hold before it burns more than the alert allows: `factor · budget · W / e`. */
const needed = ({ errorRatio, budget, factor }: Outage, windowMinutes: number): Rational =>
  per(times(times(factor, budget), rational(windowMinutes)), errorRatio);

const isNever = ({ errorRatio, budget, factor }: Outage): boolean => !isMore(errorRatio, times(factor, budget));

/**
 * How long after its begin an outage that goes on is noticed: exactly, in seconds, and in minutes when each is judged at its
 * close, strictly. Null where it burns no faster than allowed. Google's SRE workbook, chapter 5.
 */
export function detection(outage: Outage): { seconds: number | null; minutes: number | null } {
  if (isNever(outage)) return { seconds: null, minutes: null };
  const minutes = needed(outage, outage.longMinutes);
  return { seconds: numberOf(times(minutes, rational(60))), minutes: floorOf(minutes) + 1 };
}

/** Minutes after an outage's end until a window burns no more than allowed. */
const cleared = (outage: Outage, windowMinutes: number): Rational =>
  minus(rational(windowMinutes), needed(outage, windowMinutes));

/**
 * How long after its end an outage of some minutes goes on firing: minutes judged at their close, by the first window that
 * clears, and what the long window alone would have taken, exactly. Null where it never fired.
 */
export function reset(
  outage: Outage,
  outageMinutes: number,
): { minutes: number | null; longMinutesOnly: number | null } {
  const isTooShort = [outage.longMinutes, outage.shortMinutes].some(
    (window) => !isMore(rational(Math.min(outageMinutes, window)), needed(outage, window)),
  );
  if (isNever(outage) || isTooShort) return { minutes: null, longMinutesOnly: null };
  const [long, short] = [cleared(outage, outage.longMinutes), cleared(outage, outage.shortMinutes)];
  return { minutes: ceilOf(isMore(long, short) ? short : long), longMinutesOnly: numberOf(long) };
}

/** Events in a window among which a single failure does not fire an alert: `⌈1 / (factor · budget)⌉`. */
export const eventsForQuiet = ({ budget, factor }: Pick<Outage, "budget" | "factor">): number =>
  ceilOf(per(rational(1), times(factor, budget)));

/** The objective up to which an alert of this factor can never fire, as a fraction: `1 - 1 / factor`. */
export const unreachableUpTo = (factor: Rational): number => numberOf(minus(rational(1), per(rational(1), factor)));
