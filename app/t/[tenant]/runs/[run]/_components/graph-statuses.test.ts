import { expect, it } from "vitest";
import { graphStatuses } from "./graph-statuses";

const step = (stepId: string, status: string, reusedFrom: string | null = null) =>
  ({ stepId, status, reusedFrom }) as never;

it("says of a step what its items have come to, the most telling first", () => {
  const steps = [
    step("first", "succeeded", "run_1"),
    ...[step("each[0]", "succeeded", "run_1"), step("each[1]", "succeeded"), step("each[2]", "running")],
    ...[step("check[0]", "failed"), step("check[1]", "succeeded")],
  ];
  expect(graphStatuses(steps)).toEqual({ first: "reused", each: "running", check: "failed" });
});
