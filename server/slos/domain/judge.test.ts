import { expect, it } from "vitest";
import { type Counts, NONE, sumOf } from "./counts";
import { isTrickling, judgeAlert } from "./judge";
import type { AlertRule } from "./slo";

const MONTH = 30 * 24 * 60;
const EACH_MINUTE = 100_000;
const PAIRS = [
  { id: "page-quick", severity: "page", budgetPercent: 2, longMinutes: 60, shortMinutes: 5 },
  { id: "page-slow", severity: "page", budgetPercent: 5, longMinutes: 360, shortMinutes: 30 },
  { id: "ticket-quick", severity: "ticket", budgetPercent: 10, longMinutes: 1_440, shortMinutes: 120 },
  { id: "ticket-slow", severity: "ticket", budgetPercent: 10, longMinutes: 4_320, shortMinutes: 360 },
] as const;
const unguarded = (pair: (typeof PAIRS)[number]): AlertRule => ({ ...pair, guard: { confidencePpm: 0, minBad: 0 } });

/** The minutes of steady traffic after which an alert is on, and after the end of the errors, off again. */
function live(targetPpm: number, errorRatio: number, outage: number, pair: (typeof PAIRS)[number]) {
  const rule = unguarded(pair);
  const objective = { targetPpm, periodMinutes: MONTH };
  const minutes: Counts[] = Array.from({ length: pair.longMinutes }, () => ({ good: EACH_MINUTE, total: EACH_MINUTE }));
  const bad = Math.round(errorRatio * EACH_MINUTE);
  let [isOn, on, off]: [boolean, number | null, number | null] = [false, null, null];
  const whole = { long: sumOf(minutes), short: sumOf(minutes.slice(-pair.shortMinutes)) };
  for (let minute = 1; minute <= outage + pair.longMinutes && off === null; minute += 1) {
    const now = { good: EACH_MINUTE - (minute <= outage ? bad : 0), total: EACH_MINUTE };
    minutes.push(now);
    const [agedLong, agedShort] = [minutes.at(-1 - pair.longMinutes), minutes.at(-1 - pair.shortMinutes)];
    whole.long = { good: whole.long.good + now.good - (agedLong?.good ?? 0), total: whole.long.total };
    whole.short = { good: whole.short.good + now.good - (agedShort?.good ?? 0), total: whole.short.total };
    const verdict = judgeAlert(rule, objective, { ...whole, wasLastBad: null, isOn });
    if (verdict.isOn && !isOn) on = minute;
    if (!verdict.isOn && isOn) off = minute - outage;
    isOn = verdict.isOn;
  }
  return { on, off };
}

const [quick, slow, ticket, ticketSlow] = PAIRS;

it.each([
  [999_000, 1, [1, 3, 5, 5]],
  [999_000, 0.1, [9, 22, 44, 44]],
  [999_000, 0.05, [18, 44, 87, 87]],
  [999_000, 0.02, [44, 109, 217, 217]],
  [999_000, 0.0145, [60, 149, 298, 298]],
  // Exactly on the boundary of the first: never.
  [999_000, 0.0144, [null, 151, 301, 301]],
  [990_000, 1, [9, 22, 44, 44]],
  [990_000, 0.1, [null, 217, 433, 433]],
  [950_000, 1, [44, 109, 217, 217]],
])("at %i ppm an error ratio of %d is noticed in the minutes %j", (targetPpm, ratio, expected) => {
  expect(PAIRS.map((pair) => live(targetPpm, ratio, 500, pair).on)).toEqual(expected);
});

it("ends with the short window", () => {
  expect(PAIRS.map((pair) => live(999_000, 1, 60, pair).off)).toEqual([5, 30, 120, 360]);
  expect(live(999_000, 0.15, 10, quick)).toEqual({ on: 6, off: 5 });
  expect([slow, ticket, ticketSlow].map((pair) => live(999_000, 0.01, 720, pair).off)).toEqual([12, 84, 324]);
});

const GUARDED: AlertRule = { ...quick, guard: { confidencePpm: 999_000, minBad: 3 } };
const objective = { targetPpm: 999_000, periodMinutes: MONTH };
const judge = (
  bad: number,
  total: number,
  rest: { short?: Counts; wasLastBad?: boolean | null; isOn?: boolean } = {},
) => {
  const long = { good: total - bad, total };
  return judgeAlert(GUARDED, objective, { long, short: long, wasLastBad: null, isOn: false, ...rest });
};

it("takes one failure of few runs for chance, and says so", () => {
  expect(judge(1, 1)).toEqual({ isOn: false, reason: "too-few" });
  expect(judge(2, 2)).toEqual({ isOn: false, reason: "too-few" });
  expect(judge(3, 10)).toEqual({ isOn: true, reason: "burning" });
});

it("takes an empty short window for what came last, not for health", () => {
  expect(judge(5, 10, { short: NONE, wasLastBad: true })).toEqual({ isOn: true, reason: "burning" });
  expect(judge(5, 10, { short: NONE, wasLastBad: false })).toEqual({ isOn: false, reason: "recovering" });
  expect(judge(0, 10, { short: NONE, wasLastBad: true, isOn: true })).toEqual({ isOn: true, reason: "no-data" });
  expect(judge(0, 0, { short: NONE, wasLastBad: true, isOn: true })).toEqual({ isOn: false, reason: "no-data" });
});

it("notices what trickles", () => {
  const backstop = { minBad: 3, budgetPercent: 25, windowMinutes: 4_320 };
  const trickles = (bad: number, total: number) =>
    isTrickling(backstop, { days: { good: 720 - bad, total: 720 }, period: { good: total - bad, total } }, objective);
  expect(trickles(3, 7_200)).toBe(true);
  expect(trickles(2, 7_200)).toBe(false);
  expect(trickles(3, 72_000)).toBe(false);
  // The first minutes of a month.
  expect(trickles(3, 10)).toBe(true);
  const busy = { days: { good: 719_997, total: 720_000 }, period: { good: 10, total: 10 } };
  expect(isTrickling(backstop, busy, objective)).toBe(false);
});
