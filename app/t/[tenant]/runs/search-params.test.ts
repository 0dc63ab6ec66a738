import { describe, expect, it } from "vitest";
import { asked, exportHref, readRunsParams, type RunFilters, runsHref } from "./search-params";

const ALL: RunFilters = {
  ...{ status: "failed", text: "close & open", workflow: `wfl_${"0".repeat(32)}`, by: "me", last: undefined },
  ...{ environment: "prod", risk: "high", sensitivity: "internal", region: "eu", unit: "finance" },
  ...{ from: "2026-11-01", to: "2026-11-30" },
};

describe("the address of the runs page", () => {
  it("carries every filter and the place, and reads them back", () => {
    const href = runsHref("acme", ALL, "abc");
    expect(readRunsParams(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual({
      cursor: "abc",
      filters: ALL,
    });
    expect(exportHref("acme", { status: "failed" })).toBe("/t/acme/runs/export?status=failed");
  });

  it.each([
    ...[{ status: "exploded" }, { cursor: ["a", "b"] }, { workflow: "wfl_1" }, { environment: "moon" }, { risk: "" }],
    ...[{ sensitivity: "x" }, { region: "' or 1=1 --" }, { unit: "A" }, { last: "year" }, { from: "yesterday" }],
    ...[{ to: "2026-02-30" }, { text: " " }, { by: "x".repeat(121) }, { orderBy: "name" }, {}],
  ])("shows every run for %j", (params) => {
    const { cursor, filters } = readRunsParams(params);
    expect(cursor).toBeUndefined();
    expect(runsHref("acme", filters)).toBe("/t/acme/runs");
  });

  it("means whole days of the reader's zone, or a span up to now", () => {
    expect(asked(ALL, "Europe/Berlin", 0)).toMatchObject({
      ...{ startedBy: "me", riskProfile: "high", businessUnit: "finance", dataSensitivity: "internal" },
      from: "2026-10-31T23:00:00.000Z",
      to: "2026-11-30T23:00:00.000Z",
    });
    const now = Date.parse("2026-11-26T10:00:00.000Z");
    expect(asked({ ...ALL, last: "day" }, "UTC", now).from).toBe("2026-11-25T10:00:00.000Z");
  });
});
