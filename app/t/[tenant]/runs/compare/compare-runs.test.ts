import { describe, expect, it } from "vitest";
import type { RunDetail } from "../[run]/_components/run-detail";
import { compareSteps, differenceText } from "./compare-runs";

const at = (ms: number) => new Date(Date.parse("2026-11-26T10:00:00.000Z") + ms).toISOString();
const step = (stepId: string, over: Partial<RunDetail["steps"][number]> = {}): RunDetail["steps"][number] => ({
  ...{ stepId, type: "http", name: stepId.toUpperCase(), status: "succeeded", attempt: 1, input: null, output: 1 },
  ...{ failure: null, failedAttempts: [], reusedFrom: null, calledRunId: null, startedAt: at(0), endedAt: at(1_000) },
  ...over,
});

describe("two runs side by side", () => {
  it("tells of each step how the times differ, and whether the outputs do", () => {
    const [first, second, third] = compareSteps(
      [step("a"), step("b"), step("c", { output: { x: 1 } })],
      [step("a", { endedAt: at(2_500) }), step("b", { endedAt: at(700) }), step("c", { output: { x: 2 }, attempt: 3 })],
    );
    expect(first).toMatchObject({ name: "A", difference: "+1.5 s", isOutputSame: true });
    expect(second).toMatchObject({ difference: "−300 ms" });
    expect(third).toMatchObject({ difference: "the same", isOutputSame: false, right: { attempts: 3 } });
  });

  it("puts what only one came to where it belongs", () => {
    const rows = compareSteps(
      [step("a"), step("b"), step("d")],
      [step("z"), step("a"), step("c"), step("e"), step("d")],
    );
    expect(rows.map(({ stepId, left, right }) => [stepId, left !== null, right !== null])).toEqual([
      ["z", false, true],
      ["a", true, true],
      ["c", false, true],
      ["e", false, true],
      ["b", true, false],
      ["d", true, true],
    ]);
  });

  it("gives no time to what goes on or was taken over", () => {
    const [open, reused] = compareSteps(
      [step("a"), step("b")],
      [step("a", { endedAt: null, status: "running" }), step("b", { reusedFrom: "run_1" })],
    );
    expect(open?.difference).toBeNull();
    expect(reused).toMatchObject({ difference: null, right: { status: "reused", tookMs: null } });
    expect(compareSteps([], [])).toEqual([]);
  });

  it.each([
    [null, 1, null],
    [1, null, null],
    [5, 5, "the same"],
    [0, 61_000, "+1 min 1 s"],
  ])("%s ms and %s ms: %s", (left, right, words) => {
    expect(differenceText(left, right)).toBe(words);
  });
});
