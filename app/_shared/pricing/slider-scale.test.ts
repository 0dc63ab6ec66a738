import { describe, expect, it } from "vitest";
import { positionOf, type Span, STEPS, valueAt } from "./slider-scale";

const RUNS: Span = { from: 100, to: 1_000_000, decimals: 0 };
const WEIGHT: Span = { from: 0.5, to: 10, decimals: 1 };

describe("a slider", () => {
  it("reaches both ends and moves by factors", () => {
    expect([0, STEPS / 2, STEPS].map((position) => valueAt(RUNS, position))).toEqual(["100", "10000", "1000000"]);
    expect([0, STEPS].map((position) => valueAt(WEIGHT, position))).toEqual(["0.5", "10"]);
  });

  it.each([
    ["15000", 15_000, RUNS],
    ["1.6", 1.6, WEIGHT],
  ])("stands where %s is, and says it", (_what, value, span) => {
    expect(Math.abs(Number(valueAt(span, positionOf(span, value))) / value - 1)).toBeLessThan(0.05);
  });

  it.each([
    ["below", 0, 0],
    ["above", 5_000_000, STEPS],
    ["no number", Number.NaN, 0],
    ["below zero", -4, 0],
  ])("stands at an end for what is %s", (_what, value, position) => {
    expect(positionOf(RUNS, value)).toBe(position);
  });
});
