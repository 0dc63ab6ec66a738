import { describe, expect, it } from "vitest";
import { MOST_CRASHES } from "./decide";
import { SUSPECT_CRASHES } from "./due-calls";
import { type Held, MOST_SUSPECTS, placesForSuspects } from "./suspects";

const NOW = 10_000;
const QUIET_MS = 250;
const call = (crashes: number, forMs: number): Held => ({ crashes, since: NOW - forMs });
const places = (...held: Held[]) => placesForSuspects(held, NOW, QUIET_MS);

describe("places for suspects", () => {
  it.each<[string, Held[], number]>([
    ["beside nothing", [], 1],
    ["beside what nobody suspects", [call(0, 1), call(SUSPECT_CRASHES - 1, 1)], 1],
    ["beside one that has just been taken", [call(2, 1)], 0],
    ["beside one that may still be about to kill", [call(3, 249)], 0],
    ["beside those that have been quiet", [call(2, 250), call(3, 9_000)], 1],
    ["beside one that has killed too often to be quiet", [call(4, 9_000)], 0],
  ])("%s", (_, held, left) => {
    expect(places(...held)).toBe(left);
  });

  it("gives up nobody for what another call did, however late that kills", () => {
    // Several workers' lives, always with the same others in reach: whatever the poison is held with dies with it.
    const poison = { crashes: 0, isGone: false };
    const others = Array.from({ length: 6 }, () => ({ crashes: 0 }));
    while (!poison.isGone) {
      const held: Held[] = [];
      const join = (one: { crashes: number }) => {
        const isFree = one.crashes < SUSPECT_CRASHES || placesForSuspects(held, NOW, QUIET_MS) >= MOST_SUSPECTS;
        // Each comes when the one before has been quiet: the worst that can happen to it.
        if (isFree) held.push({ crashes: one.crashes, since: NOW - QUIET_MS });
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
