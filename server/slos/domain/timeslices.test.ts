import { expect, it } from "vitest";
import { budgetSpent, isGoodSlice, slicesOf } from "./timeslices";

// The ten slices of Nobl9's published example.
const GOOD = [2, 10, 12, 13, 13, 12, 13, 13, 12, 11];
const SLICES = [4, 10, 12, 13, 14, 15, 14, 13, 12, 11].map((total, place) => ({ good: GOOD[place] ?? 0, total }));

it.each([
  ["Occurrences", 1.18644],
  ["Timeslices", 8],
  ["RatioTimeslices", 1.68571],
] as const)("by %s the same events spend %d budgets", (method, spent) => {
  expect(budgetSpent(method, SLICES, { targetPpm: 950_000, goodPpm: 950_000 })).toBeCloseTo(spent, 5);
});

it("takes a slice on the bound as good, and so one without events", () => {
  expect(isGoodSlice({ good: 19, total: 20 }, 950_000)).toBe(true);
  expect(isGoodSlice({ good: 18, total: 19 }, 950_000)).toBe(false);
  const slices = [
    { good: 0, total: 0 },
    { good: 1, total: 1 },
    { good: 0, total: 1 },
  ];
  expect(slicesOf(slices, 950_000)).toEqual({ good: 2, total: 3 });
});

it("judges nothing where there is nothing", () => {
  const bounds = { targetPpm: 950_000, goodPpm: 950_000 };
  expect(budgetSpent("Timeslices", [], bounds)).toBeNull();
  expect(budgetSpent("Occurrences", [{ good: 0, total: 0 }], bounds)).toBeNull();
  expect(budgetSpent("RatioTimeslices", [{ good: 0, total: 0 }], bounds)).toBeNull();
});
