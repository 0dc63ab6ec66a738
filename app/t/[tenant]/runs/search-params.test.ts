import { describe, expect, it } from "vitest";
import { readRunsParams, runsHref } from "./search-params";

describe("the address of the runs page", () => {
  it("carries status and place, and reads them back", () => {
    const href = runsHref("acme", { status: "failed", cursor: "abc" });
    expect(href).toBe("/t/acme/runs?status=failed&cursor=abc");
    expect(readRunsParams(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual({
      status: "failed",
      cursor: "abc",
    });
  });

  it("shows every run when what it says makes no sense", () => {
    expect(readRunsParams({ status: "exploded", cursor: ["a", "b"] })).toEqual({});
    expect(runsHref("acme", {})).toBe("/t/acme/runs");
  });
});
