import { describe, expect, it } from "vitest";
import type { RunDetail } from "./run-detail";
import { layoutWaterfall } from "./waterfall";

const T0 = Date.parse("2026-11-26T10:00:00.000Z");
const at = (ms: number) => new Date(T0 + ms).toISOString();

const step = (over: Partial<RunDetail["steps"][number]> = {}): RunDetail["steps"][number] => ({
  ...{ stepId: "a", type: "http", name: "A", status: "succeeded", attempt: 1, input: null, output: null },
  ...{ failure: null, failedAttempts: [], reusedFrom: null, calledRunId: null, startedAt: at(0), endedAt: at(1_000) },
  ...over,
});

const run = (over: Partial<RunDetail> = {}): RunDetail => ({
  ...{ id: "run_1", status: "succeeded", environment: "dev", riskProfile: "low", input: {}, output: null },
  ...{
    failure: null,
    waitsFor: null,
    waitsForPlace: null,
    asks: [],
    awaits: [],
    executionClass: "standard",
    startedBy: "user:usr_1",
    startedByName: null,
  },
  ...{
    createdAt: at(0),
    startedAt: at(0),
    endedAt: at(10_000),
    repeats: null,
    repeatedBy: [],
    calledBy: null,
    steps: [],
  },
  workflow: { id: "wfl_1", slug: "flow", version: 1, definition: { name: "Flow" }, isPublished: true },
  ...over,
});
const layout = (given: RunDetail, now = T0 + 10_000) => layoutWaterfall(given, given.steps, now);

describe("the waterfall of a run", () => {
  it("draws each step where it lies in the run's time, with an axis in units", () => {
    const { rows, ticks, queue } = layout(
      run({ steps: [step(), step({ stepId: "b", startedAt: at(5_000), endedAt: at(10_000) })] }),
    );
    expect(rows.map(({ began, took, segments }) => [began, took, segments[0]?.left, segments[0]?.width])).toEqual([
      ["0 ms", "1.0 s", 0, 10],
      ["5.0 s", "5.0 s", 50, 50],
    ]);
    expect(ticks).toEqual([
      ...[0, 20, 40, 60, 80, 100].map((left) => ({
        left,
        label: ["0", "2.0 s", "4.0 s", "6.0 s", "8.0 s", "10 s"][left / 20],
      })),
    ]);
    expect(queue).toBeNull();
  });

  it("draws a step's attempts apart, those that failed and the pauses between them", () => {
    const failed = (attempt: number, ms: number, next: number | null) => ({
      ...{ attempt, code: "unexpected-status", message: "500", at: at(ms) },
      nextAt: next === null ? null : at(next),
    });
    const { rows } = layout(
      run({
        steps: [
          step({ attempt: 3, endedAt: at(10_000), failedAttempts: [failed(1, 1_000, 3_000), failed(2, 4_000, 8_000)] }),
        ],
      }),
    );
    expect(rows[0]?.took).toBe("10 s, 2 attempts failed");
    expect(rows[0]?.segments).toEqual([
      { kind: "failed", attempt: 1, left: 0, width: 10, says: "Attempt 1 failed, 1.0 s" },
      { kind: "wait", left: 10, width: 20, says: "Pause before the next attempt, 2.0 s" },
      { kind: "failed", attempt: 2, left: 30, width: 10, says: "Attempt 2 failed, 1.0 s" },
      { kind: "wait", left: 40, width: 40, says: "Pause before the next attempt, 4.0 s" },
      { kind: "done", left: 80, width: 20, says: "Attempt 3: succeeded, 2.0 s" },
    ]);
  });

  it("ends with the attempt that failed for good, and shows a pause only while another is to come", () => {
    const only = step({
      ...{ status: "failed", endedAt: at(1_000) },
      failedAttempts: [{ attempt: 1, code: "x", message: "", at: at(1_000), nextAt: null }],
    });
    const kinds = (given: RunDetail) => layout(given).rows[0]?.segments.map(({ kind }) => kind);
    expect(kinds(run({ status: "failed", steps: [only] }))).toEqual(["failed"]);
    expect(kinds(run({ status: "running", endedAt: null, steps: [only] }))).toEqual(["failed", "wait"]);
  });

  it.each([
    [{ type: "wait" }, "wait", "Waited, 1.0 s"],
    [{ type: "wait", status: "skipped" as const }, "skipped", "Skipped, 1.0 s"],
    [{ status: "skipped" as const }, "skipped", "Skipped, 1.0 s"],
    [{ status: "running" as const, endedAt: null }, "running", "Running, 10 s"],
  ])("draws %j as %s", (over, kind, says) => {
    expect(layout(run({ steps: [step(over)] })).rows[0]?.segments).toMatchObject([{ kind, says }]);
  });

  it("gives what was taken over no time", () => {
    const { rows } = layout(
      run({ steps: [step({ reusedFrom: "run_0", startedAt: at(-90_000), endedAt: at(-80_000) })] }),
    );
    expect(rows).toMatchObject([{ status: "reused", began: "–", took: "–", segments: [] }]);
  });

  it("shows the time in the queue before the first step, shortened where it would leave no room", () => {
    const short = layout(run({ createdAt: at(-1_000), steps: [step()] }));
    expect(short.queue).toEqual({ width: 9.09, took: "1.0 s", isShortened: false });
    expect(short.rows[0]?.segments[0]?.left).toBe(9.09);
    const long = layout(run({ createdAt: at(-86_400_000), steps: [step()] }));
    expect(long.queue).toEqual({ width: 20, took: "1 d", isShortened: true });
    expect(long.rows[0]?.segments[0]).toMatchObject({ left: 20, width: 8 });
    const waiting = layout(run({ status: "queued", startedAt: null, endedAt: null }));
    expect(waiting).toMatchObject({ queue: { width: 100, took: "10 s", isShortened: false }, ticks: [], rows: [] });
  });

  it("keeps what is shorter than a pixel to be seen, inside the edge", () => {
    const { rows } = layout(run({ steps: [step({ startedAt: at(10_000), endedAt: at(10_000) })] }));
    expect(rows[0]?.segments[0]).toMatchObject({ left: 99.6, width: 0.4 });
    const instant = layout(run({ endedAt: at(0), steps: [step({ endedAt: at(0) })] }));
    expect(instant.rows[0]?.segments[0]).toMatchObject({ left: 0, width: 0.4 });
  });

  it.each([7, 90, 1_500, 61_000, 3_700_000, 90_000_000, 2_600_000_000])("marks %i ms at most six times", (ms) => {
    const { ticks } = layout(run({ endedAt: at(ms) }));
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  });

  it("lays out 1,000 steps", () => {
    const steps = Array.from({ length: 1_000 }, (_, n) =>
      step({ stepId: `s${n}`, startedAt: at(n * 10), endedAt: at(n * 10 + 10) }),
    );
    expect(layout(run({ steps })).rows.every(({ segments }) => segments.length === 1)).toBe(true);
  });
});
