import { describe, expect, it } from "vitest";
import { writtenCents } from "./decimals";
import { type Tier, tieredAmount } from "./tiers";

const tiers: Tier[] = [
  { upTo: 100, unitCents: "0", flatCents: "500" },
  { upTo: 200, unitCents: "2.5", flatCents: "10" },
  { upTo: null, unitCents: "1", flatCents: "0" },
];

describe("graduated tiers", () => {
  it.each([
    [0, "500", "the first flat part is paid for nothing used"],
    [100, "500", "included units"],
    [101, "512.5", "one unit of the second tier, with its flat part"],
    [200, "760", "the last unit of the second tier"],
    [300, "860", "without end"],
  ])("bill %i units as %s: %s", (quantity, cents) => {
    expect(writtenCents(tieredAmount("graduated", tiers, quantity))).toBe(cents);
  });
});

describe("volume tiers", () => {
  it.each([
    [0, "500"],
    [100, "500"],
    [101, "262.5"],
    [200, "510"],
    [300, "300"],
  ])("bill %i units as %s, all of them in one tier", (quantity, cents) => {
    expect(writtenCents(tieredAmount("volume", tiers, quantity))).toBe(cents);
  });
});

it("refuses tiers that end", () => {
  expect(() => tieredAmount("volume", tiers.slice(0, 2), 1)).toThrow("no end");
});
