import { describe, expect, it } from "vitest";
import { decide, decideAfterCrashes, MOST_CRASHES } from "./decide";
import type { Answer } from "./protocol";

const call = { stepId: "step", attempt: 0, maxAttempts: 3, crashes: 0 };
const error = { name: "Error", message: "no" };
const threw = (isRetriable: boolean): Answer => ({ kind: "threw", error, isRetriable, retryAfter: null });
const stepError: Answer = { kind: "ops", ops: [{ id: "a", op: "StepError", error }], retryAfter: "5" };

describe("decide", () => {
  it("ends the run with what its function returned", () => {
    expect(decide(call, { kind: "returned", data: 1 })).toEqual({ kind: "finish", status: "completed", result: 1 });
  });

  it("tries a thrown error again until the last attempt, or not at all", () => {
    expect(decide(call, threw(true))).toEqual({ kind: "retry", retryAfter: null });
    expect(decide({ ...call, attempt: 2 }, threw(true))).toMatchObject({ kind: "finish", status: "failed", error });
    expect(decide(call, threw(false))).toMatchObject({ kind: "finish", status: "failed", error });
  });

  it("tries a step's error again, and memoises it at the last attempt", () => {
    expect(decide(call, stepError)).toMatchObject({ shouldRetry: true, retryAfter: "5", finished: [] });
    expect(decide({ ...call, attempt: 2 }, stepError)).toMatchObject({
      shouldRetry: false,
      finished: [{ opId: "a", memo: { type: "error", error } }],
    });
  });

  it("fails a run that asks for what is not there", () => {
    expect(decide(call, { kind: "unsupported", what: "the operation Gateway" })).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("Gateway") as string },
    });
  });

  it("gives up on a call that killed its worker too often: its step, or the run when it was for none", () => {
    expect(decideAfterCrashes({ ...call, crashes: MOST_CRASHES })).toBeNull();
    expect(decideAfterCrashes({ ...call, crashes: MOST_CRASHES + 1 })).toMatchObject({ status: "failed" });
    expect(decideAfterCrashes({ ...call, stepId: "a", crashes: MOST_CRASHES + 1 })).toMatchObject({
      finished: [{ opId: "a", memo: { error: { message: "worker died" } } }],
    });
  });
});
