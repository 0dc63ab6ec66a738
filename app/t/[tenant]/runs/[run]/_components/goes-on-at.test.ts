import { describe, expect, it } from "vitest";
import { goesOnAt } from "./goes-on-at";

const step = { type: "wait", status: "running", startedAt: "2026-11-26T08:00:00.000Z" } as const;

describe("goesOnAt", () => {
  it.each([
    ["a time", { ...step, input: { seconds: 90 } }, "2026-11-26T08:01:30.000Z"],
    ["a moment", { ...step, input: { until: "2026-11-26T09:00:00+01:00" } }, "2026-11-26T08:00:00.000Z"],
    ["a moment that is none", { ...step, input: { until: "soon" } }, null],
    ["a wait that is over", { ...step, status: "succeeded" as const, input: { seconds: 90 } }, null],
    ["another step", { ...step, type: "http", input: { seconds: 90 } }, null],
    ["no input", { ...step, input: null }, null],
  ])("tells the end of %s", (_name, given, expected) => {
    expect(goesOnAt(given)).toBe(expected);
  });
});
