import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceilOf, decimal, exactText, floorOf, isMore, minus, numberOf, per, rational, times } from "./rational";

it.each([
  [rational(144, 10), "14.4"],
  [rational(1, 1_000), "0.001"],
  [rational(28, 30), "(14 / 15)"],
  [rational(60), "60"],
  [rational(0), "0"],
  [rational(3, 40), "0.075"],
  [rational(1, 1_000_000), "0.000001"],
])("%o reads %s", (value, text) => {
  expect(exactText(value)).toBe(text);
});

it.each([14.4, 0.0145, 1e-7, 1e21, 0.1, 999_999, 0.9999])("takes %d as it was written", (written) => {
  expect(numberOf(decimal(written))).toBe(written);
});

it("does not share a float's faults", () => {
  const budget = minus(rational(1), decimal(0.999));
  expect(exactText(budget)).toBe("0.001");
  expect(exactText(times(decimal(14.4), budget))).toBe("0.0144");
  expect(isMore(decimal(0.0144), times(decimal(14.4), budget))).toBe(false);
});

it("divides, and rounds where it is told to", () => {
  const third = per(rational(1), rational(3));
  expect([floorOf(third), ceilOf(third), floorOf(rational(4, 2)), ceilOf(rational(4, 2))]).toEqual([0, 1, 2, 2]);
  expect(() => per(rational(1), rational(0))).toThrow("by 0");
});

describe("for any two fractions", () => {
  const some = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }));
  it("a product that is divided again is what it was, and its text comes back", () => {
    fc.assert(
      fc.property(some, some, ([a, b], [c, d]) => {
        const [one, other] = [rational(a, b), rational(c + 1n, d)];
        expect(per(times(one, other), other)).toEqual(one);
        const [above = "", below = "1"] = exactText(one).replace(/[()]/g, "").split(" / ");
        expect(numberOf(per(decimal(Number(above)), decimal(Number(below))))).toBeCloseTo(numberOf(one), 8);
      }),
    );
  });
});
