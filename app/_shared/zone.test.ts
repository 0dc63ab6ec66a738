import { describe, expect, it } from "vitest";
import { inUtc, inZone, knownZone, startOfDay } from "./zone";

describe("times", () => {
  it("are told in the reader's zone, to the second", () => {
    expect(inZone("2026-07-01T22:30:05.000Z", "Europe/Berlin")).toBe("02 Jul 2026, 00:30:05");
    expect(inZone("2026-07-01T22:30:05.000Z", "UTC")).toBe("01 Jul 2026, 22:30:05");
  });

  it("are told in UTC beside it", () => {
    expect(inUtc("2026-07-01T22:30:05.123Z")).toBe("2026-07-01 22:30:05 UTC");
  });

  it("fall back to UTC for a zone that nobody knows", () => {
    expect(knownZone("Mars/Olympus")).toBe("UTC");
    expect(knownZone(undefined)).toBe("UTC");
    expect(knownZone("America/New_York")).toBe("America/New_York");
  });
});

describe("a day", () => {
  it.each([
    ["2026-11-22", "UTC", 0, "2026-11-22T00:00:00.000Z"],
    ["2026-11-22", "Europe/Berlin", 0, "2026-11-21T23:00:00.000Z"],
    ["2026-11-22", "Asia/Kathmandu", 0, "2026-11-21T18:15:00.000Z"],
    ["2026-11-22", "America/New_York", 1, "2026-11-23T05:00:00.000Z"],
    ["2026-12-31", "UTC", 1, "2027-01-01T00:00:00.000Z"],
    // Clocks change within the day, and the day after begins in the new time.
    ["2026-03-29", "Europe/Berlin", 0, "2026-03-28T23:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", 1, "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", 1, "2026-10-25T23:00:00.000Z"],
    // Near midnight itself, the moment and its neighbour have different offsets.
    ["2026-11-01", "America/Havana", 0, "2026-11-01T04:00:00.000Z"],
  ])("%s begins in %s, %i days on, at %s", (day, zone, later, moment) => {
    expect(startOfDay(day, zone, later)).toBe(moment);
  });
});
