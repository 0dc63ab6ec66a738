import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACTIONS, type Action, ALL_ACTIONS, NOTHING, type World } from "../testing/held-world";
import { isWaiting } from "./lifecycle";
import { isFinal } from "./status";

/** Plays actions and checks after each what must always hold. */
function play(actions: readonly Action[], from: World = NOTHING): World {
  return actions.reduce((before, action) => {
    const after = ACTIONS[action](before);
    for (const [index, was] of before.runs.entries()) {
      const is = after.runs[index];
      // None is lost, and what has ended stays as it ended.
      expect(is).toBeDefined();
      if (isFinal(was.status)) expect(is).toEqual(was);
      if (was.isPaused && before.isPauseOn && action !== "settle") expect(is).toEqual(was);
    }
    if (before.isKillOn) {
      expect(after.steps).toBe(before.steps);
      expect(after.runs.length).toBe(before.runs.length);
      for (const [index, was] of before.runs.entries())
        if (!isFinal(was.status)) expect(["killed", was.status]).toContain(after.runs[index]?.status);
    }
    // In order: whoever waits is younger than whoever was let go.
    const queued = after.runs.filter((run) => run.status === "queued").map((run) => run.isPaused);
    expect(queued).toEqual([...queued].sort());
    return after;
  }, from);
}

function* interleavings<T>(rest: readonly T[], done: readonly T[] = []): Generator<T[]> {
  if (rest.length === 0) yield [...done];
  for (const [index, next] of rest.entries())
    yield* interleavings([...rest.slice(0, index), ...rest.slice(index + 1)], [...done, next]);
}

describe("a run among holds", () => {
  it.each<[string, Action[]]>([
    ["before it begins", ["start"]],
    ["while it runs", ["start", "turn"]],
    ["while it waits", ["pause", "start"]],
    ["behind one that waits", ["pause", "start", "resume", "start"]],
  ])("keeps its promises in every order of kill, turn, pause and resume, %s", (_when, before) => {
    const orders = [...interleavings<Action>(["kill", "settle", "turn", "pause", "resume", "release"])];
    expect(orders).toHaveLength(720);
    for (const order of orders) {
      const end = play([...order, "turn", "turn", "settle"], play(before));
      for (const run of end.runs) expect(["killed", "succeeded"]).toContain(run.status);
    }
  });

  it("keeps them in any sequence of actions", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL_ACTIONS), { maxLength: 40 }), (actions) => {
        play(actions);
      }),
      { numRuns: 2_000, seed: 20_261_126 },
    );
  });

  it("lets every run that waited go, once nothing holds it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL_ACTIONS), { maxLength: 40 }), (actions) => {
        const world = play(actions);
        const drained = play(["resume", ...world.runs.map(() => "release" as const)], world);
        expect(drained.runs.filter((run) => run.status === "queued" && run.isPaused)).toEqual([]);
      }),
      { numRuns: 1_000, seed: 20_261_126 },
    );
  });
});

it.each([
  ["queued", new Date(), true],
  ["queued", null, false],
  ["cancelled", new Date(), false],
] as const)("a run that is %s, marked at %s, waits: %s", (status, pausedAt, waits) => {
  expect(isWaiting({ status, pausedAt })).toBe(waits);
});
