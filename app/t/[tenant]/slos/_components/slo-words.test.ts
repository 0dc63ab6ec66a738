import { describe, expect, it } from "vitest";
import type { SloRow, SloRule } from "./slo-row";
import { burnText, forecastText, percentText, sliText, stateOf, thresholdText, whyOf } from "./slo-words";

const window = (burnRate: number | null, minutes: number) => ({
  ...{ minutes, good: 90, total: burnRate === null ? 0 : 100, burnRate },
});
const rule = (long: number | null, short: number | null, firing: SloRule["firing"] = null): SloRule => ({
  ...{ id: "page-slow", severity: "page", budgetPercent: 5, factor: 6, firing },
  ...{ long: window(long, 360), short: window(short, 30), guard: { confidencePpm: 999_000, minBad: 3 } },
});
const on = { reason: "burning" } as SloRule["firing"];
const slo = (budgetLeft: number | null, rules: SloRule[] = [rule(1, 1)]) =>
  ({
    ...{ rules, backstop: { firing: null }, window: { kind: "rolling", days: 30 } },
    period: { from: "2026-11-01T00:00:00.000Z", minutes: 43_200, budgetLeft },
  }) as unknown as SloRow;

describe("numbers", () => {
  it.each([
    [0.999, 4, "99.9 %"],
    [0.999999, 3, "99.999 %"],
    [0.9999999, 3, "99.999 %"],
    [1, 3, "100 %"],
    [-9, 1, "-900 %"],
    [0.205, 1, "20.5 %"],
  ])("%d with %i decimals reads %s, never rounded up", (ratio, decimals, text) => {
    expect(percentText(ratio, decimals)).toBe(text);
  });

  it("say that there is none", () => {
    expect([sliText({ good: 0, total: 0 }), burnText(null), burnText(14.4)]).toEqual(["–", "–", "14.4×"]);
    expect(thresholdText(null)).toBeNull();
    expect(thresholdText({ standard: 300_000, bulk: 1_800_000 })).toBe("5 min (standard), 30 min (bulk)");
  });
});

it.each([
  [slo(1), "slo-healthy"],
  [slo(0.2), "slo-at-risk"],
  [slo(0), "slo-spent"],
  [slo(null), "slo-no-data"],
  [slo(1, [rule(9, 9, on)]), "slo-paging"],
  [slo(1, [{ ...rule(9, 9, on), severity: "ticket" }]), "slo-ticket"],
])("objective %# stands as %s", (row, state) => {
  expect(stateOf(row)).toBe(state);
});

it.each([
  [rule(9, 9, on), "Both windows burn too fast."],
  [rule(9, 9), "by too few events"],
  [rule(9, 1), "the short one does not any more"],
  [rule(1, 9), "Nothing burns too fast."],
  [rule(null, null), "No events in its windows."],
])("rule %# says why it is on or off", (each, words) => {
  expect(whyOf(each)).toContain(words);
});

it.each([
  [slo(1, [rule(6, 6)]), "Gone in 5 d at the pace of the last 6 h"],
  [slo(1, [rule(0, 0)]), "Not spent at the pace of the last 6 h"],
  [slo(-1), "It is spent"],
  [slo(null), "Nothing to foresee yet"],
])("forecast %# is %s", (row, words) => {
  expect(forecastText(row)).toBe(words);
});
