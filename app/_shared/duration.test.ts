import { describe, expect, it } from "vitest";
import { durationText, elapsedMs } from "./duration";

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [840, "840 ms"],
    [3_250, "3.2 s"],
    [9_999, "9.9 s"],
    [12_400, "12 s"],
    [125_000, "2 min 5 s"],
    [3_600_000, "1 h"],
    [3_601_000, "1 h"],
    [100_800_000, "1 d 4 h"],
  ])("%i ms read as %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it("run until now while their end has not come", () => {
    const start = "2026-01-01T00:00:00.000Z";
    expect(elapsedMs(start, null, Date.parse(start) + 500)).toBe(500);
    expect(elapsedMs(start, "2026-01-01T00:00:02.000Z", 0)).toBe(2_000);
    expect(elapsedMs(null, null, 5)).toBeNull();
  });
});
