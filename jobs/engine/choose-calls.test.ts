import { describe, expect, it } from "vitest";
import { chooseCalls } from "./choose-calls";

const call = (runId: string, ...slots: [string, number][]) => ({
  runId,
  dedupe: "discover:0",
  crashed: false,
  slots: slots.map(([key, limit]) => ({ key, limit })),
});
const none = new Map<string, number>();

describe("chooseCalls", () => {
  it("takes calls in order, no more than are free", () => {
    const { chosen } = chooseCalls([call("a"), call("b"), call("c")], none, 2);
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "b"]);
  });

  it("leaves out calls whose key is full, names the key, and goes on with others", () => {
    const calls = [call("a", ["x", 1]), call("b", ["x", 1]), call("c", ["y", 1])];
    const { chosen, saturated } = chooseCalls(calls, none, 9);
    expect(chosen.map(({ runId }) => runId)).toEqual(["a", "c"]);
    expect(saturated).toEqual(["x"]);
  });

  it("needs a slot of every key, and takes none when one is full", () => {
    const calls = [call("a", ["x", 2], ["all", 1]), call("b", ["x", 2]), call("c", ["x", 2])];
    const { chosen, taken } = chooseCalls(calls, new Map([["all", 1]]), 9);
    expect(chosen.map(({ runId }) => runId)).toEqual(["b", "c"]);
    expect(taken.get("x")).toBe(2);
  });

  it("counts what others hold", () => {
    expect(chooseCalls([call("a", ["x", 3])], new Map([["x", 3]]), 9).chosen).toEqual([]);
  });
});
