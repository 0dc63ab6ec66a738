import { describe, expect, it } from "vitest";
import { DUNNING_DEFAULT, nextAttemptAt } from "./dunning";

describe("the next attempt", () => {
  it.each([
    [1, 3],
    [2, 5],
    [3, 7],
  ])("after %d of them comes %d days later", (attempts, days) => {
    expect(nextAttemptAt(DUNNING_DEFAULT, attempts, 1000)).toBe(1000 + days * 86_400);
  });

  it("is none after the last, or without a schedule", () => {
    expect(nextAttemptAt(DUNNING_DEFAULT, 4, 1000)).toBeNull();
    expect(nextAttemptAt({ retryDays: [], end: "unpaid" }, 1, 1000)).toBeNull();
  });
});
