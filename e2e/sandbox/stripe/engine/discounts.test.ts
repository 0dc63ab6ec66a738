import { describe, expect, it } from "vitest";
import { discountCents } from "./discounts";

const line = (cents: number, product = "a", isDiscountable = true) => ({ cents, product, isDiscountable });
const percent = (percentOff: number, products: string[] | null = null) => ({
  percentOff,
  amountOffCents: null,
  products,
});
const amount = (amountOffCents: number, products: string[] | null = null) => ({
  percentOff: null,
  amountOffCents,
  products,
});

describe("a discount", () => {
  it.each([
    ["a percent of each line", [line(1000), line(500)], percent(20), [200, 100]],
    ["a percent with decimals", [line(999)], percent(33.33), [333]],
    ["halves of a cent up", [line(5)], percent(50), [3]],
    ["the products that it holds for", [line(1000, "a"), line(1000, "b")], percent(10, ["b"]), [0, 100]],
    ["no proration", [line(-500, "a", false), line(700, "a", false), line(1000)], percent(10), [0, 0, 100]],
    ["all of it", [line(1000)], percent(100), [1000]],
    ["a fixed amount by share", [line(100), line(200)], amount(100), [33, 67]],
    ["no more than there is", [line(100), line(200)], amount(1000), [100, 200]],
    ["a fixed amount of its products only", [line(100, "a"), line(200, "b")], amount(150, ["a"]), [100, 0]],
    ["nothing of nothing", [line(0)], amount(100), [0]],
  ])("takes off %s", (_, lines, discount, expected) => {
    expect(discountCents(lines, discount)).toEqual(expected);
  });
});
