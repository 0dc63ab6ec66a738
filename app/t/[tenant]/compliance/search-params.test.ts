import { expect, it } from "vitest";
import { momentOf, periodOf, readComplianceParams } from "./search-params";

const now = Date.parse("2026-06-30T12:00:00.000Z");
const read = (params: Record<string, string>) => readComplianceParams(params);

it.each([
  ["nothing", {}, undefined],
  ["a day that is over", { at: "2026-06-01" }, "2026-06-02T00:00:00.000Z"],
  ["today", { at: "2026-06-30" }, undefined],
  ["no day", { at: "yesterday" }, undefined],
])("shows things as they stood at the end of %s", (_what, params, moment) => {
  expect(momentOf(read(params), "UTC", now)).toBe(moment);
});

it.each([
  ["90 days, when nobody says", {}, "2026-04-01T00:00:00.000Z", "2026-06-30T12:00:00.000Z", null],
  [
    "days of the reader",
    { from: "2026-05-01", to: "2026-05-31" },
    "2026-05-01T00:00:00.000Z",
    "2026-06-01T00:00:00.000Z",
    null,
  ],
  ["until now", { from: "2026-05-01" }, "2026-05-01T00:00:00.000Z", "2026-06-30T12:00:00.000Z", null],
  ["90 days before the last", { to: "2026-05-31" }, "2026-03-03T00:00:00.000Z", "2026-06-01T00:00:00.000Z", null],
])("looks back over %s", (_what, params, from, to, fault) => {
  expect(periodOf(read(params), "UTC", now)).toEqual({ period: { from, to }, fault });
});

it.each([
  ["turned round", { from: "2026-05-31", to: "2026-05-01" }, "ends after it begins"],
  ["too long", { from: "2024-05-31", to: "2026-05-01" }, "400 days at most"],
])("says that a period is %s", (_what, params, fault) => {
  expect(periodOf(read(params), "UTC", now).fault).toContain(fault);
});
