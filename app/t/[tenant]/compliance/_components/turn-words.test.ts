import { expect, it } from "vitest";
import { type Stretch, stretchWords } from "./turn-words";

const on = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
const stretch = (state: Stretch["state"], from: number, turns: number): Stretch => ({
  ...{ state, turns, from: on(from), to: on(from + turns) },
});

it("says how often a control was shown, and names the days on which it was not", () => {
  const words = stretchWords([stretch("held", 0, 5), stretch("missed", 5, 1), stretch("failed", 6, 2)], 1);
  expect(words.short).toBe("7 of 8, 2 did not hold");
  expect(words.all).toBe("shown in 7 of 8 days; was not shown 2026-01-06; did not hold 2026-01-07 to 2026-01-08");
});

it("names ten stretches at most", () => {
  const many = Array.from({ length: 24 }, (_, day) => stretch(day % 2 === 0 ? "held" : "missed", day, 1));
  expect(stretchWords(many, 7).all).toContain("shown in 12 of 24 turns of 7 days");
  expect(stretchWords(many, 7).all).toMatch(/; and 2 more$/);
});
