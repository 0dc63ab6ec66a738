import { describe, expect, it } from "vitest";
import { MOST_CRASHES } from "./decide";
import { SUSPECT_CRASHES } from "./due-calls";
import { type Held, MOST_SUSPECTS, placesForSuspects } from "./suspects";

const call = (crashes: number): Held => ({ crashes });

describe("places for suspects", () => {
  it.each<[string, Held[], number]>([
    ["beside nothing", [], 1],
    ["beside what nobody suspects", [call(0), call(SUSPECT_CRASHES - 1)], 1],
    ["beside another suspect", [call(SUSPECT_CRASHES)], 0],
  ])("%s", (_, held, left) => {
    expect(placesForSuspects(held)).toBe(left);
  });

  it("gives up nobody for what another call did, however late that kills", () => {
    // Several workers' lives, always with the same others in reach: whatever the poison is held with dies with it.
    const poison = { crashes: 0, isGone: false };
    const others = Array.from({ length: 6 }, () => ({ crashes: 0 }));
    while (!poison.isGone) {
      const held: Held[] = [];
      const join = (one: { crashes: number }) => {
        const isFree = one.crashes < SUSPECT_CRASHES || placesForSuspects(held) >= MOST_SUSPECTS;
        if (isFree) held.push(call(one.crashes));
        return isFree;
      };
      const along = others.filter(join);
      if (!join(poison)) {
        // Those before it end well, and others like them come in their place.
        along.forEach((one) => (one.crashes = 0));
        continue;
      }
      for (const one of [...along, poison]) one.crashes += 1;
      poison.isGone = poison.crashes > MOST_CRASHES;
      expect(Math.max(...others.map(({ crashes }) => crashes))).toBeLessThanOrEqual(MOST_CRASHES);
    }
  });
});
