import { expect, it } from "vitest";
import { chooseSingletons, type Contender } from "./singleton";

const skip = (slot: string | null): Contender => ({ slot, mode: "skip" });
const cancel = (slot: string | null): Contender => ({ slot, mode: "cancel" });

it.each<[string, Contender[], string[], boolean[], string[]]>([
  ["starts what asks for no slot", [skip(null), skip(null), cancel(null)], ["a"], [true, true, true], []],
  ["skips while a run is open", [skip("a"), skip("b")], ["a"], [false, true], []],
  [
    "skips all but the first of those that come together",
    [skip("a"), skip("a"), skip("b")],
    [],
    [true, false, true],
    [],
  ],
  ["cancels the open run for the new one", [cancel("a")], ["a"], [true], ["a"]],
  [
    "starts only the last of those that come together",
    [cancel("a"), cancel("b"), cancel("a")],
    ["b"],
    [false, true, true],
    ["b"],
  ],
])("%s", (_, contenders, taken, starts, cancels) => {
  expect(chooseSingletons(contenders, new Set(taken))).toEqual({ starts, cancels });
});
