import { describe, expect, it } from "vitest";
import { type FinishedTask, useOf } from "./weights";

const task: FinishedTask = { type: "transform", hasSucceeded: true, bytes: 100, durationMs: 5, externalCalls: 0 };

describe("useOf", () => {
  it.each<[string, Partial<FinishedTask>, number]>([
    ["a transform is the reference", {}, 1_000],
    ["a call outside weighs twice as much", { type: "http" }, 2_000],
    ["the first 64 KB are part of it", { bytes: 64_000 }, 1_000],
    ["more data weighs more", { bytes: 64_001 }, 1_250],
    ["half a megabyte more still", { bytes: 500_000 }, 1_500],
    ["beyond a megabyte it is twice the weight", { type: "http", bytes: 5_000_000 }, 4_000],
    ["a task that failed weighs nothing", { hasSucceeded: false, bytes: 500_000 }, 0],
  ])("%s", (_fact, over, weightMilli) => {
    expect(useOf({ ...task, ...over }).weightMilli).toBe(weightMilli);
  });

  it.each([
    [999, "under-1s"],
    [1_000, "under-10s"],
    [59_999, "under-60s"],
    [60_000, "60s-or-more"],
  ])("puts %i ms into the band %s", (durationMs, durationBand) => {
    expect(useOf({ ...task, durationMs })).toMatchObject({ durationBand });
  });
});
