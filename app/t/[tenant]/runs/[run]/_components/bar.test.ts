import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barOf } from "./bar";

describe("a duration bar", () => {
  it("lies where the step's time lies in the run's", () => {
    expect(barOf({ start: 0, end: 1_000 }, { start: 250, end: 750 })).toEqual({ left: 25, width: 50 });
  });

  it("stays visible for a step that took no time", () => {
    expect(barOf({ start: 0, end: 100_000 }, { start: 100_000, end: 100_000 })).toEqual({ left: 99.4, width: 0.6 });
  });

  it("stays within the run whatever the clocks say", () => {
    const moment = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(moment, moment, moment, moment, (a, b, c, d) => {
        const { left, width } = barOf({ start: a, end: b }, { start: c, end: d });
        expect(left >= 0 && width > 0 && left + width <= 100.02).toBe(true);
      }),
    );
  });
});
