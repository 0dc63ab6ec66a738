import { rounded } from "./report";

/** The value below which this share of the given ones lies; the list need not be in order. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0, 1);
}

/** What a closed loop of workers measured. */
export interface Measured {
  perSecond: number;
  /** Milliseconds of each unit of work, from its start to its end. */
  took: number[];
}

/** Does `count` units of work, `width` at a time, each at once when one before it has ended. */
export async function closedLoop(
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<Measured> {
  const took: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const loop = async () => {
    for (let index = next++; index < count; index = next++) {
      const since = performance.now();
      await work(index);
      took.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: width }, loop));
  return { perSecond: (count / (performance.now() - startedAt)) * 1_000, took };
}
