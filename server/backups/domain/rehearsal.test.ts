import { describe, expect, it } from "vitest";
import { rehearsalsDue } from "./rehearsal";

const now = new Date("2026-11-27T03:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe("whose rehearsal is due", () => {
  it.each([
    ["none was ever made", null, true],
    ["it was yesterday", 1, false],
    ["it was 27 days ago", 27, false],
    ["it was 28 days ago", 28, true],
    ["it was long ago", 300, true],
  ])("%s", (_title, days, isDue) => {
    const at = days === null ? null : daysAgo(days);
    expect(rehearsalsDue([{ tenantId: "a", at }], now)).toEqual(isDue ? ["a"] : []);
  });

  it("takes the longest waiting first, a share of all in a night", () => {
    const many = Array.from({ length: 140 }, (_, nth) => ({ tenantId: `t${nth}`, at: daysAgo(30 + nth) }));
    const due = rehearsalsDue([...many, { tenantId: "new", at: null }], now);
    expect(due).toHaveLength(11);
    expect(due.slice(0, 3)).toEqual(["new", "t139", "t138"]);
  });

  it("comes round to everybody within the 35 days that the control allows", () => {
    let last = Array.from({ length: 300 }, (_, nth) => ({ tenantId: `t${nth}`, at: null as Date | null }));
    for (let night = 0; night < 120; night += 1) {
      const at = new Date(now.getTime() + night * 86_400_000);
      const due = new Set(rehearsalsDue(last, at));
      last = last.map((one) => (due.has(one.tenantId) ? { ...one, at } : one));
      const oldest = Math.min(...last.map((one) => one.at?.getTime() ?? 0));
      if (night > 28) expect(at.getTime() - oldest).toBeLessThan(35 * 86_400_000);
    }
  });
});
