import { describe, expect, it } from "vitest";
import { readWhen, retryDelayMs } from "./durations";

describe("readWhen", () => {
  it.each([
    ["1s", { afterMs: 1_000 }],
    ["1m30s", { afterMs: 90_000 }],
    ["1w2d3h", { afterMs: 604_800_000 + 172_800_000 + 10_800_000 }],
    ["", { afterMs: 0 }],
    ["2026-01-02T03:04:05.000Z", { at: "2026-01-02T03:04:05.000Z" }],
  ])("reads %s", (text, expected) => {
    expect(readWhen(text)).toEqual(expected);
  });

  it("refuses what is neither a length nor a moment", () => {
    expect(() => readWhen("soon")).toThrow("neither a length nor a moment");
  });
});

describe("retryDelayMs", () => {
  const now = new Date("2026-01-01T00:00:00Z");

  it.each([
    [0, 15_000],
    [1, 30_000],
    [2, 60_000],
    [3, 120_000],
    [4, 300_000],
    [5, 600_000],
    [19, 600_000],
  ])("after attempt %i is %i ms", (attempt, expected) => {
    expect(retryDelayMs(attempt, null, now, 0)).toBe(expected);
    expect(retryDelayMs(attempt, null, now, 0.999)).toBeLessThanOrEqual(expected * 1.1);
  });

  it.each([
    ["90", 90_000],
    ["0", 1_000],
    ["999999", 86_400_000],
    ["2026-01-01T00:00:05Z", 5_000],
    ["2025-01-01T00:00:00Z", 1_000],
    ["soon", 15_000],
  ])("keeps to an error that asks for %s", (asked, expected) => {
    expect(retryDelayMs(0, asked, now, 0)).toBe(expected);
  });
});
