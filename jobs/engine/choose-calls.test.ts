import { describe, expect, it } from "vitest";
import { chooseCalls } from "./choose-calls";

const call = (runId: string, ...slots: [string, number][]) => ({
  runId,
  dedupe: "discover:0",
  isSuspect: false,
  slots: slots.map(([key, limit]) => ({ key, limit })),
});
const none = new Map<string, number>();
const places = (free: number) => ({ free, suspects: 1 });

describe("chooseCalls", () => {
  it("takes calls in order, no more than are free", () => {
    const { chosen } = chooseCalls([call("a"), call("b"), call("c")], none, places(2));
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "b"]);
  });

  it("leaves out calls whose key is full, names the key, and goes on with others", () => {
    const calls = [call("a", ["x", 1]), call("b", ["x", 1]), call("c", ["y", 1])];
    const { chosen, saturated } = chooseCalls(calls, none, places(9));
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "c"]);
    expect(saturated).toEqual(["x"]);
  });

  it("needs a slot of every key, and takes none when one is full", () => {
    const calls = [call("a", ["x", 2], ["all", 1]), call("b", ["x", 2]), call("c", ["x", 2])];
    const { chosen, taken } = chooseCalls(calls, new Map([["all", 1]]), places(9));
    expect(chosen.map(({ runId }) => runId)).toEqual(["b", "c"]);
    expect(taken.get("x")).toBe(2);
  });

  it("takes one suspect at a time, and others beside it", () => {
    const suspect = (runId: string) => ({ ...call(runId), isSuspect: true });
    const calls = [suspect("a"), suspect("b"), call("c")];
    const { chosen, hasHeldBack } = chooseCalls(calls, none, places(9));
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "c"]);
    expect(hasHeldBack).toBe(true);
    expect(chooseCalls(calls, none, { free: 9, suspects: 0 }).chosen.map(({ runId }) => runId)).toEqual(["c"]);
  });

  it("counts what others hold", () => {
    expect(chooseCalls([call("a", ["x", 3])], new Map([["x", 3]]), places(9)).chosen).toEqual([]);
  });

  it("lets starts through at their rate, and gives each of the others a moment of its own", () => {
    const rate = { limit: 1, periodMs: 10, atOnce: 2 };
    const start = (runId: string) => ({ ...call(runId), throttle: { window: "w", rate } });
    const calls = [start("a"), start("b"), start("c"), call("free"), start("d")];
    const throttles = { wholeAt: new Map([["w", 100]]), now: 100 };
    const { chosen, delayed, wholeAt, lineAt } = chooseCalls(calls, none, places(9), throttles);
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "b", "free"]);
    expect(delayed.map(({ candidate, untilMs }) => [candidate.runId, untilMs])).toEqual([
      ["c", 110],
      ["d", 120],
    ]);
    expect([wholeAt.get("w"), lineAt.get("w")]).toEqual([120, 140]);
  });

  it("uses up no throttle for a start whose key is full", () => {
    const throttle = { window: "w", rate: { limit: 1, periodMs: 10, atOnce: 1 } };
    const { chosen, wholeAt } = chooseCalls([{ ...call("a", ["x", 0]), throttle }], none, places(9));
    expect([chosen, wholeAt.get("w")]).toEqual([[], undefined]);
  });
});
