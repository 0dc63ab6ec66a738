import { budgetLeft, burnRate } from "./burn";
import type { Counts } from "./counts";
import { periodAt } from "./period";
import type { SloSpec } from "./slo";

const MINUTE_MS = 60_000;

/** What was counted in a step of time, named by its close in milliseconds; steps without events are left out. */
export interface Point extends Counts {
  at: number;
}

/** A range of charts: from its begin to its end, in milliseconds, and since when anything was counted. */
export interface Range {
  from: number;
  to: number;
  countedSince: number;
}

type Objective = Pick<SloSpec, "targetPpm" | "window" | "method">;

/** Sums of what came before each point, so that any window is a difference. */
function sums(points: readonly Point[]) {
  const [good, total] = [[0], [0]];
  for (const point of points) {
    good.push((good.at(-1) ?? 0) + point.good);
    total.push((total.at(-1) ?? 0) + point.total);
  }
  /** How many points lie at or before a moment. */
  const upTo = (at: number): number => {
    let [low, high] = [0, points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((points[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (from: number, to: number): Counts => {
    const [first, last] = [upTo(from), upTo(to)];
    return { good: (good[last] ?? 0) - (good[first] ?? 0), total: (total[last] ?? 0) - (total[first] ?? 0) };
  };
}

/** What a window comes to by the objective's method: where slices are counted, a minute without events is a good one. */
function countsBetween(between: ReturnType<typeof sums>, { method }: Objective, range: Range): Counts {
  const counts = between(range.from, range.to);
  if (method.kind === "occurrences") return counts;
  const minutes = Math.max(0, Math.round((range.to - Math.max(range.from, range.countedSince)) / MINUTE_MS));
  return { good: Math.max(0, minutes - (counts.total - counts.good)), total: Math.max(minutes, counts.total) };
}

/** Moments at equal distances, the last one the end of the range. */
const moments = ({ from, to }: Range, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, place) => from + ((to - from) * place) / steps);

/** What was left of the budget at moments of a range: 1 is all of it, below 0 it was overspent; null while nothing was counted. */
export function burnDown(points: readonly Point[], objective: Objective, range: Range, steps: number) {
  const between = sums(points);
  return moments(range, steps).map((at) => {
    const from = periodAt(objective.window, new Date(at)).from.getTime();
    const isCounted = at > range.countedSince;
    const counts = countsBetween(between, objective, { from, to: at, countedSince: range.countedSince });
    return { at, left: isCounted ? budgetLeft(counts, objective) : null };
  });
}

/** How fast the budget burned in each of equal parts of a range, named by their end; null without events. */
export function burnRates(points: readonly Point[], objective: Objective, range: Range, steps: number) {
  const between = sums(points);
  const ends = moments(range, steps);
  return ends.slice(1).map((at, place) => {
    const from = ends[place] ?? range.from;
    const counts = countsBetween(between, objective, { from, to: at, countedSince: range.countedSince });
    return { at, ...counts, burnRate: at > range.countedSince ? burnRate(counts, objective) : null };
  });
}
