import { expect, it } from "vitest";
import { daysSince, isStale, reviewOf } from "./review";

const NOW = new Date("2026-11-27T09:00:00Z");

it("reads who answers for a page, and when it was read last", () => {
  expect(reviewOf("# A guide\n\n_Owner: tenant administrators. Last reviewed: 2026-11-27._\n")).toEqual({
    ...{ owner: "tenant administrators", reviewedOn: "2026-11-27" },
  });
  expect(reviewOf("# A guide\n\nOwner: operations, reviewed lately.\n")).toBeNull();
});

it.each([
  ["2026-11-27", false],
  ["2025-11-28", false],
  ["2025-11-27", true],
  ["2026-11-28", true],
  ["2026-13-01", true],
])("a review of %s is stale: %s", (reviewedOn, stale) => {
  expect(isStale({ owner: "operations", reviewedOn }, NOW)).toBe(stale);
});

it("counts whole days", () => {
  expect(daysSince({ owner: "operations", reviewedOn: "2026-11-25" }, NOW)).toBe(2);
});
