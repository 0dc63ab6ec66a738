import { describe, expect, it } from "vitest";
import { isObject, type Json } from "@/server/kernel/json";
import golden from "@/server/slos/domain/golden.json";
import { answerCases, CASE_KINDS } from "./slo-cases";

/** Whether an answer is what is expected, each number within the tolerance. */
function isNear(value: Json | undefined, expected: Json, tolerance: number): boolean {
  if (typeof expected === "number") return typeof value === "number" && Math.abs(value - expected) <= tolerance;
  if (Array.isArray(expected))
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((part: Json, place) => isNear(value[place] as Json, part, tolerance))
    );
  if (isObject(expected))
    return isObject(value) && Object.entries(expected).every(([key, part]) => isNear(value[key], part, tolerance));
  return value === expected;
}

it.each(golden.map((one) => [one.id, one] as const))("%s comes to its worked value", (_id, one) => {
  const [answer] = answerCases([one]);
  if (answer === undefined || !("value" in answer)) throw new Error(`not answered: ${JSON.stringify(answer)}`);
  const isRight = isNear(answer.value, one.expected, one.tolerance);
  expect(isRight, `${JSON.stringify(answer.value)} instead of ${JSON.stringify(one.expected)}`).toBe(true);
});

it("has a worked value for each kind", () => {
  expect([...new Set(golden.map(({ kind }) => kind))].sort()).toEqual([...CASE_KINDS].sort());
});

it("says which kinds it does not know, and goes on", () => {
  expect(answerCases([{ id: "a", kind: "toString", input: {} }])).toEqual([
    { id: "a", unanswered: "there is no kind toString" },
  ]);
});

describe("a file with a fault is refused with its place:", () => {
  it.each([
    [{}, "must hold a list"],
    [[{ kind: "burn_rate" }], "0.id"],
    [
      [{ id: "a", kind: "burn_rate", input: { good: 2, total: 1, target: 0.999 } }],
      "0 (a).input.good: must not be more",
    ],
    [[{ id: "a", kind: "burn_rate", input: { good: 1, total: 1, target: 1 } }], "0 (a).input.target"],
    [[{ id: "a", kind: "burn_rate", input: { good: 1, total: 1, target: 0.99999999 } }], "whole millionths"],
    [[{ id: "a", kind: "calendar_month", input: { year: 2026, month: 13, tz: "UTC", target: 0.9 } }], "input.month"],
    [[{ id: "a", kind: "calendar_month", input: { year: 2026, month: 1, tz: "Mars/X", target: 0.9 } }], "input.tz"],
    [
      [{ id: "a", kind: "budget_consumed", input: { good: [1], total: [], target: 0.9, method: "Occurrences" } }],
      "input.total",
    ],
  ])("%j: %s", (asked, named) => {
    expect(() => answerCases(asked)).toThrow(named);
  });
});
