import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Interval, periodAt, periodBoundary } from "./periods";

const at = (text: string) => Date.parse(text) / 1000;
const written = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);

describe("a moment of billing after the anchor", () => {
  it.each<[string, string, Interval, number, number, string]>([
    ["a month has no day 31", "2026-01-31T10:00:00Z", "month", 1, 1, "2026-02-28T10:00:00"],
    ["the anchor's day returns", "2026-01-31T10:00:00Z", "month", 1, 2, "2026-03-31T10:00:00"],
    ["a leap year", "2028-01-31T10:00:00Z", "month", 1, 1, "2028-02-29T10:00:00"],
    ["29 February a year later", "2028-02-29T00:00:00Z", "year", 1, 1, "2029-02-28T00:00:00"],
    ["29 February four years later", "2028-02-29T00:00:00Z", "year", 1, 4, "2032-02-29T00:00:00"],
    ["over the end of a year", "2026-11-30T23:59:59Z", "month", 3, 1, "2027-02-28T23:59:59"],
    ["a change to summer time is none in UTC", "2026-03-01T01:30:00Z", "month", 1, 1, "2026-04-01T01:30:00"],
    ["weeks", "2026-01-01T00:00:00Z", "week", 2, 1, "2026-01-15T00:00:00"],
    ["days", "2026-02-28T00:00:00Z", "day", 1, 1, "2026-03-01T00:00:00"],
    ["the anchor itself", "2026-01-31T10:00:00Z", "month", 1, 0, "2026-01-31T10:00:00"],
  ])("%s", (_, anchor, interval, count, n, expected) => {
    expect(written(periodBoundary(at(anchor), { interval, count }, n))).toBe(expected);
  });
});

describe("the period of a moment", () => {
  it("begins with its start and ends before its end", () => {
    const anchor = at("2026-01-31T00:00:00Z");
    const monthly = { interval: "month", count: 1 } as const;
    const february = periodBoundary(anchor, monthly, 1);
    expect(periodAt(anchor, monthly, february - 1).end).toBe(february);
    expect(periodAt(anchor, monthly, february).start).toBe(february);
  });

  it("holds the moment, and the next one begins where it ends, for any anchor (case 84)", () => {
    const moments = fc.integer({ min: at("2020-01-01"), max: at("2040-01-01") });
    const intervals = fc.constantFrom<Interval>("day", "week", "month", "year");
    fc.assert(
      fc.property(moments, moments, intervals, fc.integer({ min: 1, max: 6 }), (anchor, moment, interval, count) => {
        const period = periodAt(anchor, { interval, count }, moment);
        expect(period.start).toBeLessThanOrEqual(moment);
        expect(period.end).toBeGreaterThan(moment);
        expect(periodAt(anchor, { interval, count }, period.end).start).toBe(period.end);
      }),
    );
  });
});
