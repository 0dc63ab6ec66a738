import fc from "fast-check";
import { expect, it } from "vitest";
import { chanceOfBad, isChance, lowerBound } from "./guard";

const counts = (bad: number, total: number) => ({ good: total - bad, total });

it.each([
  [1, 1, false],
  [1, 10, false],
  [2, 10, true],
  [2, 70, false],
  [4, 100, false],
  [5, 100, true],
  [15, 1_000, false],
  [200, 10_000, true],
])("%i bad of %i prove a burn of 14.4 at 99.9 %%, with 95 %% and two: %s", (bad, total, proves) => {
  expect(isChance(counts(bad, total), 0.0144, { confidencePpm: 950_000, minBad: 2 })).toBe(!proves);
});

it("finds the bound of Clopper and Pearson", () => {
  expect(lowerBound(counts(15, 1_000), 950_000)).toBeCloseTo(0.009268, 5);
  expect(lowerBound(counts(1, 1), 950_000)).toBeCloseTo(0.05, 8);
});

/** The chance of `bad` or more by adding up, term by term, in logarithms. */
function byAdding(bad: number, total: number, ratio: number): number {
  let [sum, logTerm] = [0, total * Math.log1p(-ratio)];
  for (let count = 0; count < bad; count += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((total - count) / (count + 1)) + Math.log(ratio) - Math.log1p(-ratio);
  }
  return 1 - sum;
}

it("agrees with the sum of the binomial's terms", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.nat(100),
      fc.integer({ min: 1, max: 999 }),
      (total, part, mille) => {
        const bad = Math.min(total, Math.max(1, Math.round((total * part) / 100)));
        expect(chanceOfBad({ bad, total, ratio: mille / 1_000 })).toBeCloseTo(byAdding(bad, total, mille / 1_000), 8);
      },
    ),
    { numRuns: 500 },
  );
});
