import { expect, it } from "vitest";
import { minutesToExhaustion } from "./forecast";

const MONTH = 30 * 24 * 60;

it.each([
  [1, 14.4, 50],
  [1, 35, 20.571428571428573],
  [1, 1_000, 0.72],
  [0.6, 3, 144],
  [0, 3, 0],
  [-9, 3, 0],
])("with %d left, a burn of %d spends the rest in %d hours", (left, burnRate, hours) => {
  expect((minutesToExhaustion({ left, burnRate, periodMinutes: MONTH }) ?? NaN) / 60).toBeCloseTo(hours, 9);
});

it("foresees nothing where nothing is spent, or known", () => {
  expect(minutesToExhaustion({ left: 1, burnRate: 0, periodMinutes: MONTH })).toBeNull();
  expect(minutesToExhaustion({ left: 1, burnRate: null, periodMinutes: MONTH })).toBeNull();
});
