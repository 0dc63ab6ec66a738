import { describe, expect, it } from "vitest";
import { aggregated, billedUnits, lateness, plainAmount } from "./usage";

const ONE = 10n ** 12n;
const reports = [
  { value: 3n * ONE, timestamp: 20 },
  { value: 5n * ONE, timestamp: 30 },
  { value: -1n * ONE, timestamp: 30 },
  { value: ONE / 2n, timestamp: 10 },
];

describe("a meter's formula", () => {
  it.each([
    ["sum", 7.5],
    ["count", 4],
    ["last", -1],
  ])("%s of reports is %d", (formula, expected) => {
    expect(plainAmount(aggregated(formula, reports))).toBe(expected);
    expect(aggregated(formula, [])).toBe(0n);
  });

  it("that is unknown is refused", () => {
    expect(() => aggregated("max", reports)).toThrow(RangeError);
  });
});

describe("what is billed", () => {
  it.each([
    [-5n * ONE, 0],
    [0n, 0],
    [ONE / 2n - 1n, 0],
    [ONE / 2n, 1],
    [7n * ONE, 7],
  ])("of %s is %d units", (amount, units) => {
    expect(billedUnits(amount)).toBe(units);
  });
});

describe("a report's time", () => {
  const now = 10_000_000;
  it.each([
    [now - 35 * 86_400 - 1, "too-late"],
    [now - 35 * 86_400, "in-time"],
    [now + 300, "in-time"],
    [now + 301, "too-early"],
  ])("%d is %s", (timestamp, expected) => {
    expect(lateness(timestamp, now)).toBe(expected);
  });
});
