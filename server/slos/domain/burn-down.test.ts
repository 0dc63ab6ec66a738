import { describe, expect, it } from "vitest";
import { burnDown, burnRates, type Point } from "./burn-down";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 27);
const rolling = { targetPpm: 990_000, window: { kind: "rolling", days: 7 }, method: { kind: "occurrences" } } as const;
const range = { from: NOW - 2 * DAY, to: NOW, countedSince: NOW - 90 * DAY };

/** A hundred events an hour for ten days, of which five were bad in one hour, a day ago. */
const points: Point[] = Array.from({ length: 240 }, (_, place) => {
  const at = NOW - (239 - place) * HOUR;
  return { at, total: 100, good: at === NOW - DAY ? 95 : 100 };
});

describe("what is left of a budget", () => {
  it("falls when events fail, and stays until they leave the window", () => {
    const left = burnDown(points, rolling, range, 2).map((each) => each.left);
    expect(left[0]).toBe(1);
    expect(left[1]).toBeCloseTo(1 - 5 / 168, 9);
    expect(left[2]).toBeCloseTo(1 - 5 / 168, 9);
    const later = burnDown(points, rolling, { ...range, to: NOW + 6 * DAY }, 1);
    expect(later.at(-1)?.left).toBe(1);
  });

  it("is all there again when a month begins", () => {
    const monthly = { ...rolling, window: { kind: "calendar", unit: "month", timeZone: "Etc/UTC" } } as const;
    const begin = Date.UTC(2026, 10, 1);
    const spent: Point[] = [
      { at: begin - HOUR, good: 0, total: 10 },
      { at: begin + HOUR, good: 10, total: 10 },
    ];
    const over = { from: begin - 30 * 60_000, to: begin + HOUR, countedSince: 0 };
    expect(burnDown(spent, monthly, over, 1).map((each) => each.left)).toEqual([-99, 1]);
  });

  it("is nothing before anything was counted", () => {
    expect(burnDown(points, rolling, { ...range, countedSince: NOW - DAY }, 2).map((each) => each.left)).toEqual([
      ...[null, null],
      expect.closeTo(1 - 5 / 168, 9) as number,
    ]);
    expect(burnDown([], rolling, range, 1).map((each) => each.left)).toEqual([null, null]);
  });

  it("counts minutes without events as good where slices are counted", () => {
    const slices = {
      ...rolling,
      targetPpm: 999_000,
      method: { kind: "timeslices", sliceMinutes: 1, goodPpm: 950_000 },
    } as const;
    const [bad] = [{ at: NOW - HOUR, good: 0, total: 1 }];
    const left = burnDown([bad], slices, range, 1).at(-1)?.left;
    expect(left).toBeCloseTo(1 - 1 / (7 * 1_440 * 0.001), 9);
  });
});

it("a burn rate is that of its part of the range, and none where nothing happened", () => {
  const rates = burnRates(points, rolling, { ...range, to: NOW + 2 * DAY }, 4);
  expect(rates.map(({ burnRate }) => burnRate)).toEqual([expect.closeTo(5 / 24, 9) as number, 0, null, null]);
  expect(rates.map(({ total }) => total)).toEqual([2_400, 2_400, 0, 0]);
});
