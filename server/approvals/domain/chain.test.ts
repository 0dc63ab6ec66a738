import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ACTIONS,
  type Action,
  ALL_ACTIONS,
  ASKED,
  PEOPLE,
  type Person,
  STAGES,
  type World,
} from "../testing/asked-world";
import { afterVote, endOf, opened, stagesSchema, whyClosed } from "./chain";

const START = new Date("2026-11-26T00:00:00Z");
const later = (hours: number) => new Date(START.getTime() + hours * 3_600_000);
const approve = (voterId: string) => ({ voterId, verdict: "approved" as const });

describe("a chain", () => {
  it("asks its stages in order, each for as long as it says from when it began", () => {
    const first = opened(STAGES, START);
    expect(first).toMatchObject({ status: "pending", stage: 0, dueAt: later(1) });
    const half = afterVote(STAGES, first, approve("ann"), later(0.25));
    expect(half).toMatchObject({ stage: 0, dueAt: later(1) });
    const second = afterVote(STAGES, half, approve("bob"), later(0.5));
    expect(second).toMatchObject({ status: "pending", stage: 1, dueAt: later(2.5) });
    expect(afterVote(STAGES, second, approve("cay"), later(2))).toMatchObject({ status: "approved", stage: 1 });
  });

  it("counts nobody twice, not even at another stage", () => {
    const stages = [
      { role: "operator" as const, quorum: 1, expires_hours: 1 },
      { role: "operator" as const, quorum: 1, expires_hours: 1 },
    ];
    const second = afterVote(stages, opened(stages, START), approve("ann"), START);
    expect(second.stage).toBe(1);
    expect(afterVote(stages, second, approve("ann"), START)).toBe(second);
  });

  it("is closed from the moment on at which its stage expires", () => {
    const first = opened(STAGES, START);
    const lastMs = new Date(later(1).getTime() - 1);
    expect([whyClosed(first, lastMs), whyClosed(first, later(1))]).toEqual([null, "This request has expired."]);
    expect(afterVote(STAGES, first, approve("ann"), later(1))).toBe(first);
    const ends = [lastMs, later(1)].map((at) => endOf(first, { isPointless: false, at }));
    expect(ends).toEqual([null, "expired"]);
    expect(endOf(first, { isPointless: true, at: later(1) })).toBe("void");
  });

  it.each([
    ["no stage", []],
    ["six stages", Array.from({ length: 6 }, () => STAGES[0])],
    ["a quorum of none", [{ ...STAGES[0], quorum: 0 }]],
    ["a quorum of six", [{ ...STAGES[0], quorum: 6 }]],
    ["no time", [{ ...STAGES[0], expires_hours: 0 }]],
    ["more than thirty days", [{ ...STAGES[0], expires_hours: 721 }]],
    ["those who only read", [{ ...STAGES[0], role: "read_only" }]],
    ["a key more", [{ ...STAGES[0], approver: "usr_1" }]],
  ])("refuses %s", (_what, stages) => {
    expect(stagesSchema.safeParse(stages).success).toBe(false);
  });
});

/** Plays actions and checks after each what must always hold. */
function play(actions: readonly Action[], from: World = ASKED): World {
  return actions.reduce((before, action) => {
    const after = ACTIONS[action](before);
    const { asked } = after;
    if (before.asked.status !== "pending") expect(asked).toEqual(before.asked);
    if (before.run !== "open") {
      expect(after.run).toBe(before.run);
      // What has ended is neither approved nor rejected any more.
      if (before.asked.status === "pending") expect(["pending", "void"]).toContain(asked.status);
      expect(asked.votes).toEqual(before.asked.votes);
    }
    const voters = asked.votes.map(({ voterId }) => voterId);
    expect(new Set(voters).size).toBe(voters.length);
    for (const { voterId, stage } of asked.votes) expect(PEOPLE[voterId as Person]).toBe(STAGES[stage]?.role);
    if (asked.status === "approved")
      for (const [place, { quorum }] of STAGES.entries())
        expect(asked.votes.filter(({ stage, verdict }) => stage === place && verdict === "approved")).toHaveLength(
          quorum,
        );
    if (asked.status === "rejected") expect(asked.votes.at(-1)?.verdict).toBe("rejected");
    if (after.run === "succeeded") expect(asked.status).toBe("approved");
    return after;
  }, from);
}

function* interleavings<T>(rest: readonly T[], done: readonly T[] = []): Generator<T[]> {
  if (rest.length === 0) yield [...done];
  for (const [index, next] of rest.entries())
    yield* interleavings([...rest.slice(0, index), ...rest.slice(index + 1)], [...done, next]);
}

describe("a request among approvals, kills and time", () => {
  it.each<[string, Action[], Action[]]>([
    ["at its first stage", ["ann approves"], ["bob approves", "ann rejects", "time passes", "settle", "kill", "turn"]],
    [
      "at its last stage",
      ["ann approves", "bob approves"],
      ["cay approves", "cay rejects", "time passes", "settle", "kill", "turn"],
    ],
  ])("keeps its promises in every order of what may happen, %s", (_when, before, happening) => {
    const orders = [...interleavings(happening)];
    expect(orders).toHaveLength(720);
    for (const order of orders) {
      const end = play([...order, "time passes", "settle", "turn"], play(before));
      expect(end.asked.status).not.toBe("pending");
      expect(end.run).not.toBe("open");
    }
  });

  it("keeps them in any sequence of actions", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL_ACTIONS), { maxLength: 30 }), (actions) => {
        play(actions);
      }),
      { numRuns: 2_000, seed: 20_261_126 },
    );
  });
});
