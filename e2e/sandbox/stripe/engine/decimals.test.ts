import { describe, expect, it } from "vitest";
import { exactCents, roundedCents, wholeCents, writtenCents } from "./decimals";

describe("an exact amount", () => {
  it.each(["0", "1", "0.25", "12.000000000001", "-3.5", "90071992547409931"])("reads and writes %s", (text) => {
    expect(writtenCents(exactCents(text))).toBe(text);
  });

  it.each(["", "1,5", "1.", ".5", "1e3", "0.0000000000001", "x"])("refuses %j", (text) => {
    expect(() => exactCents(text)).toThrow(RangeError);
  });

  it.each([
    ["0.4", 0],
    ["0.5", 1],
    ["1.5", 2],
    ["-0.5", -1],
    ["-0.4", 0],
  ])("rounds %s to %i cents, halves away from zero", (text, cents) => {
    expect(roundedCents(exactCents(text))).toBe(cents);
  });

  it.each([
    ["2500", 2500],
    ["0.5", null],
  ])("is %s as whole cents: %s", (text, cents) => {
    expect(wholeCents(exactCents(text))).toBe(cents);
  });
});
