import { badOf, type Counts, sumOf } from "./counts";
import { PPM } from "./slo";

/** How events become what spends a budget. */
export const BUDGETING_METHODS = ["Occurrences", "Timeslices", "RatioTimeslices"] as const;
export type Method = (typeof BUDGETING_METHODS)[number];

/** Whether enough of a slice's events were good; so it is where there were none. */
export const isGoodSlice = ({ good, total }: Counts, goodPpm: number): boolean => good * PPM >= goodPpm * total;

/** Slices as counts: each is one, and good or not. */
export const slicesOf = (slices: readonly Counts[], goodPpm: number): Counts => ({
  ...{ good: slices.filter((slice) => isGoodSlice(slice, goodPpm)).length, total: slices.length },
});

const errorRatio = (counts: Counts): number | null => (counts.total === 0 ? null : badOf(counts) / counts.total);

/** The share of slices' errors by a method, 0 to 1; null without events. */
function errorsBy(method: Method, slices: readonly Counts[], goodPpm: number): number | null {
  if (method === "Occurrences") return errorRatio(sumOf(slices));
  if (method === "Timeslices") return errorRatio(slicesOf(slices, goodPpm));
  const ratios = slices.flatMap((slice) => errorRatio(slice) ?? []);
  return ratios.length === 0 ? null : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** The part of the budget that is spent, 1 for all of it and above when overspent; null without anything to judge. */
export function budgetSpent(
  method: Method,
  slices: readonly Counts[],
  { targetPpm, goodPpm }: { targetPpm: number; goodPpm: number },
): number | null {
  const ratio = errorsBy(method, slices, goodPpm);
  return ratio === null ? null : (ratio * PPM) / (PPM - targetPpm);
}
