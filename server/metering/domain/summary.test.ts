import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summarise, type Use, type UsePart } from "./summary";
import { DURATION_BANDS } from "./weights";

const part = (over: Partial<UsePart> = {}): UsePart => ({
  ...{ day: "2026-11-02", taskType: "http", durationBand: "under-1s" },
  ...{ tasks: 1, weightMilli: 2_000, bytes: 100, externalCalls: 1 },
  ...over,
});

describe("summarise", () => {
  it("adds up by day, type and duration, the heaviest type first", () => {
    const parts = [part({ tasks: 2 }), part({ day: "2026-11-03" }), part({ taskType: "wait", weightMilli: 250 })];
    const { total, days, types } = summarise(parts, ["2026-11-01", "2026-11-02", "2026-11-03"]);
    expect(total).toEqual({ tasks: 4, weightMilli: 4_250, bytes: 300, externalCalls: 3 });
    expect(days.map(({ day, tasks }) => [day, tasks])).toEqual([
      ["2026-11-01", 0],
      ["2026-11-02", 3],
      ["2026-11-03", 1],
    ]);
    expect(types.map(({ taskType }) => taskType)).toEqual(["http", "wait"]);
  });

  it("leaves out no part, whichever way it adds up", () => {
    const count = fc.nat({ max: 1_000_000 });
    const anyPart = fc.record({
      day: fc.constantFrom("2026-11-01", "2026-11-02", "2026-12-01"),
      taskType: fc.constantFrom("http", "wait", "transform"),
      durationBand: fc.constantFrom(...DURATION_BANDS),
      ...{ tasks: count, weightMilli: count, bytes: count, externalCalls: count },
    });
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 40 }), (parts) => {
        const { total, days, types, bands } = summarise(parts, ["2026-11-01"]);
        const weightOf = (list: readonly Use[]) => list.reduce((all, { weightMilli }) => all + weightMilli, 0);
        for (const list of [days, types, bands]) expect(weightOf(list)).toBe(total.weightMilli);
      }),
    );
  });
});
