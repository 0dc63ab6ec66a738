import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketsOf, type Span } from "./usage-buckets";

const at = (time: string) => new Date(`2026-11-${time}Z`);
const span = (from: string, to: string | null = null, ...cuts: string[]): Span => ({
  from: at(from),
  to: to === null ? null : at(to),
  cuts: cuts.map(at),
});
const shown = (...asked: Parameters<typeof bucketsOf>) =>
  bucketsOf(...asked).map(
    ({ from, until }) => `${from.toISOString().slice(8, 19)} ${until.toISOString().slice(8, 19)}`,
  );

describe("the parts in which use is told", () => {
  it.each([
    ["nothing without a subscription", [], null, []],
    [
      "the first hour begins with the subscription (case 98)",
      [span("03T10:20:30")],
      null,
      ["03T10:20:30 03T11:00:00", "03T11:00:00 03T12:00:00"],
    ],
    [
      "an hour in which a period begins is two",
      [span("01T00:00:00", null, "03T10:23:45")],
      at("03T10:00:00"),
      ["03T10:00:00 03T10:23:45", "03T10:23:45 03T11:00:00", "03T11:00:00 03T12:00:00"],
    ],
    ["it ends with the subscription", [span("03T10:00:00", "03T10:40:00")], null, ["03T10:00:00 03T10:40:00"]],
    [
      "between two subscriptions nothing is charged, and where they overlap nothing twice",
      [span("03T10:00:00", "03T10:10:00"), span("03T10:50:00"), span("03T10:55:00", "03T11:30:00")],
      null,
      [
        ...["03T10:00:00 03T10:10:00", "03T10:50:00 03T10:55:00", "03T10:55:00 03T11:00:00"],
        ...["03T11:00:00 03T11:30:00", "03T11:30:00 03T12:00:00"],
      ],
    ],
    ["nothing of the time to come", [span("03T12:00:00")], null, []],
  ])("%s", (_what, spans, since, expected) => {
    expect(shown(spans, since, at("03T12:00:00"))).toEqual(expected);
  });

  it("cover every moment that is charged exactly once, none else, and lie within an hour each", () => {
    const moment = fc
      .integer({ min: 0, max: 6 * 3_600 })
      .map((seconds) => new Date(Date.UTC(2026, 10, 3) + seconds * 1_000));
    const made = fc.record({ from: moment, to: fc.option(moment), cuts: fc.array(moment, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(made, { maxLength: 3 }), moment, moment, (spans, until, asked) => {
        const charged = spans.some(({ from, to }) => from <= asked && (to === null || asked < to)) && asked < until;
        const buckets = bucketsOf(spans, null, until);
        expect(buckets.filter(({ from, until: to }) => from <= asked && asked < to)).toHaveLength(charged ? 1 : 0);
        for (const { from, until: to } of buckets) expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});
