import { describe, expect, it } from "vitest";
import { inUtc, inZone, knownZone } from "./zone";

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
