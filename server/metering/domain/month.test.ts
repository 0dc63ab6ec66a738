import { describe, expect, it } from "vitest";
import { daysUntil, MONTH, monthAfter, monthNamed, monthOf } from "./month";

describe("a month", () => {
  it.each([
    ["2026-11-01T00:00:00.000Z", "2026-11"],
    ["2026-11-30T23:59:59.999Z", "2026-11"],
    ["2026-12-31T23:59:59.999Z", "2026-12"],
  ])("of %s is %s", (moment, month) => {
    expect(monthOf(new Date(moment)).month).toBe(month);
  });

  it("ends where the next one begins, over the turn of a year too", () => {
    const december = monthNamed("2026-12");
    expect(december.to.toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(monthAfter(december, 1)).toMatchObject({ month: "2027-01", from: december.to });
    expect(monthAfter(december, -12).month).toBe("2025-12");
  });

  it("has its days up to now, and all of them once it is over", () => {
    expect(daysUntil(monthNamed("2026-11"), new Date("2026-11-03T10:00:00Z"))).toEqual([
      ...["2026-11-01", "2026-11-02", "2026-11-03"],
    ]);
    expect(daysUntil(monthNamed("2028-02"), new Date("2030-01-01T00:00:00Z"))).toHaveLength(29);
    expect(daysUntil(monthNamed("2026-12"), new Date("2026-11-03T10:00:00Z"))).toEqual([]);
  });

  it.each(["2026-13", "2026-00", "2026-1", "1999-01", "2025-12", "2026-11-01", ""])("is not named %j", (text) => {
    expect(MONTH.test(text)).toBe(false);
  });
});
