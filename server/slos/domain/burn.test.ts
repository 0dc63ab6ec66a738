import { expect, it } from "vitest";
import { budgetLeft, burnRate, burns, factorOf, isReachable } from "./burn";

const MONTH = 30 * 24 * 60;
const PAGE = { budgetPercent: 2, longMinutes: 60 };

it.each([
  [990, 1_000, 999_000, 10],
  [999, 1_000, 990_000, 0.1],
  // The workbook says a thousandfold here; a tenth of the events of an hour is a hundredfold.
  [9, 10, 999_000, 100],
  [0, 1, 999_000, 1_000],
  [0, 0, 999_000, null],
])("%i good of %i at %i ppm burn %d times as fast as evenly", (good, total, targetPpm, rate) => {
  expect(burnRate({ good, total }, { targetPpm })).toBe(rate);
});

it("keeps the sign of a budget that is overspent", () => {
  expect(budgetLeft({ good: 990, total: 1_000 }, { targetPpm: 999_000 })).toBe(-9);
});

it.each([
  [28, 2, 60, 13.44],
  [28, 5, 360, 5.6],
  [28, 10, 1_440, 2.8],
  [30, 2, 60, 14.4],
  [30, 5, 360, 6],
  [30, 10, 4_320, 1],
])("over %i days, %d %% in %i minutes is a factor of %d", (days, budgetPercent, windowMinutes, factor) => {
  expect(factorOf({ budgetPercent }, { windowMinutes, periodMinutes: days * 1_440 })).toBeCloseTo(factor, 12);
});

it("does not fire on the boundary, and fires one event above it", () => {
  const objective = { targetPpm: 999_000, periodMinutes: MONTH };
  expect(burns({ good: 98_560, total: 100_000 }, PAGE, objective)).toBe(false);
  expect(burns({ good: 98_559, total: 100_000 }, PAGE, objective)).toBe(true);
});

it("says which alerts no outage can fire", () => {
  const at = (targetPpm: number) => isReachable(PAGE, { targetPpm, periodMinutes: MONTH });
  expect([at(930_555), at(930_556)]).toEqual([false, true]);
  expect(at(900_000)).toBe(false);
});
