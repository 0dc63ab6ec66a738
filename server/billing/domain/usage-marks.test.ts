import { describe, expect, it } from "vitest";
import { markReached } from "./usage-marks";
import { isAsTold } from "./usage-tolerance";

describe("marks of a limit (case 99)", () => {
  it.each([
    ["below half", 4_999, 10_000, null],
    ["half", 5_000, 10_000, 50],
    ["just below four fifths", 7_999, 10_000, 50],
    ["four fifths", 8_000, 10_000, 80],
    ["all", 10_000, 10_000, 100],
    ["more than all", 25_000, 10_000, 100],
    ["nothing of what has no limit", 1_000_000, null, null],
  ])("%s", (_what, used, most, expected) => {
    expect(markReached(used, most)).toBe(expected);
  });
});

describe("what a meter has of what it was told (case 100)", () => {
  it.each([
    ["the same", 10, 10, true],
    ["a unit less", 10, 9, true],
    ["two units less", 10, 8, false],
    ["a thousandth more", 10_000, 10_010, true],
    ["more than that", 10_000, 10_011, false],
    ["something of nothing", 0, 2, false],
  ])("%s", (_what, told, counted, expected) => {
    expect(isAsTold(told, counted)).toBe(expected);
  });
});
