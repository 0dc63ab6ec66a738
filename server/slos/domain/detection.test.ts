import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detection, eventsForQuiet, type Outage, reset, unreachableUpTo } from "./detection";
import { decimal, isMore, rational, times } from "./rational";

const outage = (
  errorRatio: number,
  factor: number,
  [longMinutes, shortMinutes]: [number, number] = [60, 5],
): Outage => ({
  ...{ errorRatio: decimal(errorRatio), budget: decimal(0.001), factor: decimal(factor), longMinutes, shortMinutes },
});

it("notices in the first minute whose close is past the bound, and never on the bound itself", () => {
  expect(detection(outage(0.0145, 14.4)).minutes).toBe(60);
  expect(detection(outage(0.0144, 14.4))).toEqual({ seconds: null, minutes: null });
  // Google's workbook rounds this to five minutes.
  expect(detection(outage(0.15, 14.4)).seconds).toBeCloseTo(345.6, 9);
});

it("clears with the short window; the long one alone would take an hour", () => {
  expect(reset(outage(0.15, 14.4), 10)).toEqual({ minutes: 5, longMinutesOnly: 54.24 });
  expect(reset(outage(0.15, 14.4), 5)).toEqual({ minutes: null, longMinutesOnly: null });
});

it("says how many events a single failure hides among", () => {
  expect(eventsForQuiet(outage(1, 14.4))).toBe(70);
  expect(unreachableUpTo(decimal(14.4))).toBeCloseTo(0.930556, 6);
});

/** Whether a window that ends after so many minutes burns, when the outage filled the first of them. */
function isBurning({ errorRatio, budget, factor }: Outage, window: number, failing: number): boolean {
  return isMore(times(errorRatio, rational(failing, window)), times(factor, budget));
}

describe("for any outage the formulas say what counting minute by minute says", () => {
  const any = fc.record({
    errors: fc.integer({ min: 1, max: 1_000 }),
    factor: fc.integer({ min: 1, max: 200 }),
    long: fc.constantFrom(60, 360, 1_440),
    minutes: fc.integer({ min: 1, max: 200 }),
  });
  it("when it is noticed, and when it clears", () => {
    fc.assert(
      fc.property(any, ({ errors, factor, long, minutes }) => {
        const short = long / 12;
        const seen = outage(errors / 1_000, factor / 10, [long, short]);
        const firing = (at: number, of: number) =>
          isBurning(seen, long, Math.max(0, Math.min(of, at) - Math.max(0, at - long))) &&
          isBurning(seen, short, Math.max(0, Math.min(of, at) - Math.max(0, at - short)));
        const first = Array.from({ length: long }, (_, place) => place + 1).find((at) => firing(at, Infinity));
        expect(detection(seen).minutes).toBe(first ?? null);
        const cleared = Array.from({ length: long + 1 }, (_, after) => after).find(
          (after) => !firing(minutes + after, minutes),
        );
        expect(reset(seen, minutes).minutes).toBe(firing(minutes, minutes) ? cleared : null);
      }),
    );
  });
});
