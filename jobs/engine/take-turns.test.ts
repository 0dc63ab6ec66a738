import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Lane, LANES, laneOf, WEIGHTS } from "./lanes";
import { countTurns, firstTurns, inFairOrder, type Turns } from "./take-turns";

const call = (lane: Lane, tenantId = "t") => ({ lane, tenantId });
const many = (lane: Lane, count: number) => Array.from({ length: count }, () => call(lane));

/** Takes so many of what always has more, claim by claim. */
function take(turns: Turns, lanes: readonly Lane[], claims: readonly number[]): Lane[] {
  return claims.flatMap((most) => {
    const taken = inFairOrder(
      turns,
      lanes.flatMap((lane) => many(lane, most)),
    ).slice(0, most);
    countTurns(turns, taken);
    return taken.map(({ lane }) => lane);
  });
}

const countOf = (lanes: readonly Lane[], lane: Lane) => lanes.filter((each) => each === lane).length;

describe("lanes", () => {
  it.each([
    ["a run of class bulk", "t1", { executionClass: "bulk" }, 0, LANES.bulk],
    ["a run of class low", "t1", { executionClass: "low" }, 0, LANES.low],
    ["a run of class standard", "t1", { executionClass: "standard" }, 0, LANES.standard],
    ["an event without a class", "t1", { runId: "r" }, 0, LANES.own],
    ["a class that there is not", "t1", { executionClass: "urgent" }, 0, LANES.own],
    ["a class that is an inherited name", "t1", { executionClass: "constructor" }, 0, LANES.own],
    ["no data", "t1", null, 0, LANES.own],
    ["the deployment's own work, whatever its data say", "system", { executionClass: "low" }, 0, LANES.system],
    ["what goes before others as far as can be", "t1", { holdId: "h" }, 600, LANES.system],
    ["what goes before others by less", "t1", { holdId: "h" }, 599, LANES.own],
  ])("put %s into its lane", (_what, tenantId, data, priority, lane) => {
    expect(laneOf({ tenantId, event: { data } }, priority)).toBe(lane);
  });
});

describe("turns", () => {
  it("go by weight, however few are taken at a time", () => {
    const lanes = [LANES.standard, LANES.bulk, LANES.low] as const;
    const taken = take(
      firstTurns(),
      lanes,
      Array.from({ length: 110 }, () => 1),
    );
    expect(lanes.map((lane) => countOf(taken, lane))).toEqual([80, 20, 10]);
  });

  it("keep each lane's share, and let none wait long, over a thousand sequences of claims", () => {
    const lanes = [LANES.own, LANES.standard, LANES.bulk, LANES.low] as const;
    const all = lanes.reduce((sum, lane) => sum + WEIGHTS[lane], 0);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 10, maxLength: 40 }),
        fc.subarray([...lanes], { minLength: 1 }),
        (claims, present) => {
          const taken = take(firstTurns(), present, claims);
          const weights = present.reduce((sum, lane) => sum + WEIGHTS[lane], 0);
          for (const lane of present) {
            expect(Math.abs(countOf(taken, lane) - (taken.length * WEIGHTS[lane]) / weights)).toBeLessThanOrEqual(2);
            const longest = Math.max(
              ...taken
                .join(" ")
                .split(String(lane))
                .map((gap) => gap.trim().split(" ").length),
            );
            expect(longest).toBeLessThanOrEqual(all + present.length);
          }
        },
      ),
      { numRuns: 1_000, seed: 20_261_126 },
    );
  });

  it("give a lane that comes back its share from then on, and nothing for the time it was away", () => {
    const turns = firstTurns();
    take(turns, [LANES.standard], [200]);
    const taken = take(turns, [LANES.standard, LANES.low], [18]);
    expect([countOf(taken, LANES.standard), countOf(taken, LANES.low)]).toEqual([16, 2]);
  });

  it("go to the deployment's own work first, and cost nobody a turn", () => {
    const turns = firstTurns();
    const calls = [...many(LANES.low, 2), ...many(LANES.system, 2)];
    expect(inFairOrder(turns, calls).map(({ lane }) => lane)).toEqual([0, 0, LANES.low, LANES.low]);
    countTurns(turns, many(LANES.system, 5));
    expect(turns.now).toBe(0);
  });

  it("remember the tenant of each lane that had the last", () => {
    const turns = firstTurns();
    countTurns(turns, [call(LANES.bulk, "a"), call(LANES.low, "z"), call(LANES.bulk, "b")]);
    expect(turns.after).toMatchObject({ [LANES.bulk]: "b", [LANES.low]: "z", [LANES.standard]: "" });
  });

  it("leave the order within a lane as it is, and lose or repeat no call", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(LANES))), (lanes) => {
        const calls = lanes.map((lane, place) => ({ lane, tenantId: "t", place }));
        const ordered = inFairOrder(firstTurns(), calls);
        expect([...ordered].sort((a, b) => a.place - b.place)).toEqual(calls);
        for (const lane of Object.values(LANES)) {
          const places = ordered.filter((each) => each.lane === lane).map(({ place }) => place);
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }),
      { numRuns: 1_000, seed: 20_261_126 },
    );
  });
});
