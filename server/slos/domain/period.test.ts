import { expect, it } from "vitest";
import { isTimeZone, periodAt } from "./period";

it.each([
  ["2026-02-10T00:00:00Z", "UTC", "2026-02-01T00:00:00.000Z", 40_320],
  ["2026-03-20T00:00:00Z", "America/New_York", "2026-03-01T05:00:00.000Z", 44_580],
  ["2026-11-30T23:00:00Z", "America/New_York", "2026-11-01T04:00:00.000Z", 43_260],
  // Half an hour of daylight saving.
  ["2026-10-20T00:00:00Z", "Australia/Lord_Howe", "2026-09-30T13:30:00.000Z", 44_610],
])("at %s the month of %s began %s and has %i minutes", (at, timeZone, from, minutes) => {
  const period = periodAt({ kind: "calendar", unit: "month", timeZone }, new Date(at));
  expect({ from: period.from.toISOString(), minutes: period.minutes }).toEqual({ from, minutes });
});

it("counts the minute that closes a month to that month", () => {
  const window = { kind: "calendar", unit: "month", timeZone: "UTC" } as const;
  expect(periodAt(window, new Date("2026-03-01T00:00:00Z")).from).toEqual(new Date("2026-02-01T00:00:00Z"));
  expect(periodAt(window, new Date("2026-03-01T00:01:00Z")).from).toEqual(new Date("2026-03-01T00:00:00Z"));
});

it("knows time zones by name", () => {
  expect([isTimeZone("Europe/Berlin"), isTimeZone("Mars/Olympus")]).toEqual([true, false]);
});
