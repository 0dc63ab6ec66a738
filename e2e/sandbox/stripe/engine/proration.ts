import { type ExactCents, roundedCents } from "./decimals";

/** What is paid for a whole period, from its start to its end in seconds since 1970. */
interface Paid {
  amount: ExactCents;
  period: { start: number; end: number };
}

/**
 * The part of a period's amount that falls on the time from a moment to the period's end, in cents. Documented: prorated to
 * the second. Assumed: rounded to the nearest cent, halves away from zero, for credit and charge each.
 */
export function remainingCents({ amount, period }: Paid, moment: number): number {
  const { start, end } = period;
  if (end <= start) throw new RangeError("a period ends after it starts");
  const left = BigInt(end - Math.min(Math.max(moment, start), end));
  const length = BigInt(end - start);
  // Twelve decimals are left over for the division, far finer than the cent that is rounded to.
  return roundedCents((amount * left) / length);
}
