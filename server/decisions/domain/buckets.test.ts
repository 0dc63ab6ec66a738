import { expect, it } from "vitest";
import { bucketStarts, fillBuckets } from "./buckets";

const now = new Date("2026-03-10T09:41:07.000Z");

it.each([
  ["day", 24, "2026-03-09T10:00:00.000Z", "2026-03-10T09:00:00.000Z"],
  ["week", 7, "2026-03-04T00:00:00.000Z", "2026-03-10T00:00:00.000Z"],
  ["month", 30, "2026-02-09T00:00:00.000Z", "2026-03-10T00:00:00.000Z"],
] as const)("a %s has %i buckets, the last of which is not over", (name, count, first, last) => {
  const starts = bucketStarts(name, now).map((at) => at.toISOString());
  expect([starts.length, starts[0], starts.at(-1)]).toEqual([count, first, last]);
});

it("buckets in which nothing was decided have noughts", () => {
  const starts = bucketStarts("week", now);
  const filled = fillBuckets(starts, [
    { at: new Date("2026-03-05T00:00:00.000Z"), allow: true, count: 3 },
    { at: new Date("2026-03-05T00:00:00.000Z"), allow: false, count: 2 },
  ]);
  expect(filled.map(({ allowed, denied }) => [allowed, denied])).toEqual([
    [0, 0],
    [3, 2],
    ...Array.from({ length: 5 }, () => [0, 0]),
  ]);
});
