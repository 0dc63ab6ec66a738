import { describe, expect, it } from "vitest";
import { after, fitsAt, type Rate } from "./rate";

/** The moments at which starts asked for at these moments begin, each as soon as it fits. */
function starts(rate: Rate, asked: readonly number[]): number[] {
  let whole: number | undefined;
  return asked.map((now) => {
    const at = fitsAt(whole, now, rate);
    whole = after(whole, at, rate);
    return at;
  });
}

describe("a rate", () => {
  it.each<[string, Rate, number[], number[]]>([
    ["one by one", { limit: 1, periodMs: 10, atOnce: 1 }, [0, 0, 0], [0, 10, 20]],
    ["evenly within its period", { limit: 2, periodMs: 10, atOnce: 1 }, [0, 0, 0], [0, 5, 10]],
    ["some at once, the rest evenly", { limit: 2, periodMs: 6, atOnce: 3 }, [0, 0, 0, 0, 0], [0, 0, 0, 3, 6]],
    ["at once again after a rest", { limit: 2, periodMs: 6, atOnce: 3 }, [0, 0, 0, 9, 9, 9, 9], [0, 0, 0, 9, 9, 9, 12]],
    [
      "only as many at once as it has rested for",
      { limit: 1, periodMs: 10, atOnce: 2 },
      [0, 0, 10, 10],
      [0, 0, 10, 20],
    ],
    ["no faster for a period that does not divide", { limit: 3, periodMs: 10, atOnce: 1 }, [0, 0, 0, 0], [0, 4, 8, 12]],
  ])("lets starts through %s", (_, rate, asked, expected) => {
    expect(starts(rate, asked)).toEqual(expected);
  });

  it("never lets more through in any span than it says, however they come", () => {
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 200; round += 1) {
      const rate = { limit: 1 + Math.floor(random() * 5), periodMs: 1_000, atOnce: 1 + Math.floor(random() * 4) };
      let now = 0;
      const asked = Array.from({ length: 50 }, () => (now += Math.floor(random() * 600)));
      const began = starts(rate, asked);
      for (const from of began) {
        const within = began.filter((at) => at >= from && at < from + rate.periodMs).length;
        expect(within).toBeLessThanOrEqual(rate.limit + rate.atOnce);
      }
    }
  });
});
