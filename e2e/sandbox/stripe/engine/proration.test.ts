import { describe, expect, it } from "vitest";
import { exactCents } from "./decimals";
import { remainingCents } from "./proration";

const period = { start: 1_000_000, end: 1_000_000 + 30 * 24 * 3600 };
const paid = (cents: string) => ({ amount: exactCents(cents), period });

describe("what is left of a period", () => {
  it.each([
    ["all of it at its start", period.start, 3000],
    ["half at its middle", (period.start + period.end) / 2, 1500],
    ["nothing at its end", period.end, 0],
    ["all of it before", period.start - 1, 3000],
    ["nothing after", period.end + 1, 0],
  ])("is %s", (_, moment, cents) => {
    expect(remainingCents(paid("3000"), moment)).toBe(cents);
  });

  it("counts seconds", () => {
    expect(remainingCents(paid(String(30 * 24 * 3600)), period.end - 1)).toBe(1);
  });

  it("rounds halves away from zero, for a credit too", () => {
    const middle = (period.start + period.end) / 2;
    expect(remainingCents(paid("1001"), middle)).toBe(501);
    expect(remainingCents(paid("-1001"), middle)).toBe(-501);
  });

  it("refuses a period that does not go forward", () => {
    expect(() => remainingCents({ amount: 1n, period: { start: 5, end: 5 } }, 5)).toThrow(RangeError);
  });
});
