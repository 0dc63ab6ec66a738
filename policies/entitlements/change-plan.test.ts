import { describe, expect, it } from "vitest";
import { type Choice, differenceOf, itemChanges, momentOfChange, monthCents, tidy } from "./change-plan";

const choice = (plan: Choice["plan"], moreSeats = 0, ...addOns: Choice["addOns"]): Choice => ({
  plan,
  moreSeats,
  addOns,
});

describe("momentOfChange", () => {
  it.each([
    ["a larger plan", choice("standard", 5, "incident"), choice("pro"), "now"],
    ["the largest, which includes an add-on", choice("pro", 0, "compliance"), choice("enterprise"), "now"],
    ["one seat more", choice("pro", 1), choice("pro", 2), "now"],
    ["an add-on more", choice("pro", 1), choice("pro", 1, "incident"), "now"],
    ["a smaller plan", choice("pro"), choice("standard", 9, "incident"), "renewal"],
    ["one seat fewer", choice("pro", 1), choice("pro", 0), "renewal"],
    ["an add-on fewer", choice("pro", 0, "incident"), choice("pro"), "renewal"],
    ["both at once", choice("pro", 1, "incident"), choice("pro", 2), "mixed"],
    [
      "the same in another order",
      choice("pro", 1, "incident", "compliance"),
      choice("pro", 1, "compliance", "incident"),
      "none",
    ],
    ["an add-on that the plan includes", choice("enterprise"), choice("enterprise", 0, "compliance"), "none"],
  ] as const)("of %s", (_what, from, to, moment) => {
    expect(momentOfChange(from, to)).toBe(moment);
  });
});

it("costs what its parts cost, and nothing for an add-on that the plan includes", () => {
  expect(monthCents(choice("pro", 3, "incident"))).toBe(49_900 + 3 * 2_900 + 19_900);
  expect(monthCents(choice("enterprise", 0, "compliance"))).toBe(299_900);
  expect(tidy(choice("enterprise", 1, "compliance", "incident"))).toEqual(choice("enterprise", 1, "incident"));
});

it("differs by what is opened and closed, and by limits", () => {
  const up = differenceOf(choice("standard"), choice("pro", 2));
  expect(up.gained).toContain("sso");
  expect(up.lost).toEqual([]);
  expect(up.limits).toContainEqual({ limit: "seats", before: 3, after: 12 });
  const down = differenceOf(choice("pro", 0, "compliance"), choice("standard"));
  expect(down.lost).toEqual(expect.arrayContaining(["sso", "compliance-pack"]));
  expect(down.limits).toContainEqual({ limit: "retentionMonths", before: 84, after: 3 });
});

describe("itemChanges", () => {
  const items = [
    { id: "si_base", what: "base" as const, quantity: 1 },
    { id: "si_seat", what: "seat" as const, quantity: 2 },
    { id: "si_usage", what: "usage" as const },
  ];
  const line = (what: "base" | "incident" | "seat" | "usage", quantity?: number) => ({
    ...{ what, lookupKey: `conductor_x_${what}_v2`, price: `price_${what}` },
    ...(quantity === undefined ? {} : { quantity }),
  });

  it("leave an item of the same plan at the price it was bought at (case 82)", () => {
    const lines = [line("base", 1), line("seat", 5), line("usage"), line("incident", 1)];
    expect(itemChanges(items, lines, true)).toEqual([
      { id: "si_seat", quantity: 5 },
      { price: "price_incident", quantity: 1 },
    ]);
  });

  it("give another plan its own prices, and remove what it has not", () => {
    expect(itemChanges(items, [line("base", 1), line("usage")], false)).toEqual([
      { id: "si_base", price: "price_base", quantity: 1 },
      { id: "si_seat", deleted: true },
      { id: "si_usage", price: "price_usage" },
    ]);
  });
});
