import { expect, it } from "vitest";
import { decisionsHref, isNarrowed, readDecisionsParams, readNumber } from "./search-params";

it("keeps what makes sense and leaves out the rest", () => {
  const read = readDecisionsParams({ outcome: "deny", action: "run.everything", window: "century", before: "12" });
  expect(read).toMatchObject({ before: 12, window: "week", filters: { outcome: "deny", action: undefined } });
  expect(isNarrowed(read.filters)).toBe(true);
  expect(isNarrowed(readDecisionsParams({}).filters)).toBe(false);
});

it("writes addresses that it reads back", () => {
  expect(decisionsHref("acme", { outcome: "allow", window: "day", before: 7 })).toBe(
    "/t/acme/policy/decisions?window=day&outcome=allow&before=7",
  );
  expect(decisionsHref("acme", { window: "week" })).toBe("/t/acme/policy/decisions");
});

it("reads a number and nothing else", () => {
  expect([readNumber("12"), readNumber("0"), readNumber("1e3"), readNumber("x")]).toEqual([12, null, null, null]);
});
