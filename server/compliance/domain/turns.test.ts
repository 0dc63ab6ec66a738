import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "@/server/kernel/json";
import { stretchesOf, TURN_STATES, turnsIn } from "./turns";

const DAY = 86_400_000;
const START = Date.parse("2026-01-01T00:00:00.000Z");
const on = (day: number) => new Date(START + day * DAY);
const daily = { cadenceDays: 1, probes: ["tenant-walls"], evidenceKinds: [] } as const;
const both = { cadenceDays: 7, probes: ["tenant-walls"], evidenceKinds: ["drill-report"] } as const;
const fact = (day: number, outcome: "pass" | "fail" | "unknown" = "pass") => ({
  ...{ probe: "tenant-walls" as const, outcome, observedAt: on(day) },
});
const drill = (day: number, facts: Json = { grade: "passed", missed: [] }) => ({
  ...{ kind: "drill-report" as const, collectedAt: on(day), facts },
});

describe("turns of a control in a period", () => {
  it.each([
    ["each day", [0.1, 1.1, 2.1].map((day) => fact(day)), ["held", "held", "held"]],
    ["twice on one day", [fact(0.1), fact(0.2)], ["held", "missed", "missed"]],
    ["a fault, once it was seen in a turn", [fact(0.1, "fail"), fact(0.2)], ["failed", "missed", "missed"]],
    ["a look that could not tell", [fact(1, "unknown")], ["missed", "missed", "missed"]],
    ["at the first moment, and at the one that is not in it", [fact(0), fact(3)], ["held", "missed", "missed"]],
  ])("%s", (_name, facts, turns) => {
    expect(turnsIn(daily, { facts, items: [] }, { from: on(0), to: on(3) })).toEqual(turns);
  });

  it("are held where every part was shown, and failed where one was bad", () => {
    const period = { from: on(0), to: on(28) };
    const facts = [1, 8, 15, 22].map((day) => fact(day));
    const items = [drill(2), drill(9, { grade: "failed", missed: [] }), drill(16, {})];
    expect(turnsIn(both, { facts, items }, period)).toEqual(["held", "failed", "missed", "missed"]);
  });

  it("count whole cadences, and one where the period is shorter", () => {
    const count = (days: number) => turnsIn(both, { facts: [], items: [] }, { from: on(0), to: on(days) }).length;
    expect([count(1), count(7), count(13), count(14)]).toEqual([1, 1, 1, 2]);
  });

  it("come to stretches that cover them all, with no two alike in a row", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TURN_STATES), { minLength: 1, maxLength: 60 }), (turns) => {
        const stretches = stretchesOf(turns, 7, { from: on(0), to: on(turns.length * 7 + 3) });
        expect(stretches.flatMap(({ state, turns: many }) => Array.from({ length: many }, () => state))).toEqual(turns);
        for (const [nth, { from, state }] of stretches.entries()) {
          expect(from).toEqual(stretches[nth - 1]?.to ?? on(0));
          expect(state).not.toBe(stretches[nth - 1]?.state);
        }
        expect(stretches.at(-1)?.to).toEqual(on(turns.length * 7));
      }),
    );
  });
});
