import { expect, it } from "vitest";
import type { SloHistory, SloRow } from "../../_components/slo-row";
import { burnSeries } from "./burn-series";

const slo = {
  ...{ watermark: "2026-11-27T06:57:00.000Z", countedSince: "2026-11-27T06:50:00.000Z", targetPpm: 990_000 },
  ...{ window: { kind: "rolling", days: 30 }, method: { kind: "occurrences" } },
} as SloRow;
const history = (at: string): SloHistory => ({
  ...{ days: 7, step: "hour", since: "2026-11-20T06:57:00.000Z" },
  points: [{ at, good: 1, total: 2 }],
  alerts: [],
});

it("shows what was counted in the hour that is under way", () => {
  const hour = history("2026-11-27T07:00:00.000Z");
  const { left, rates, range } = burnSeries(slo, { fine: hour, long: hour }, 7);
  expect(left.at(-1)).toEqual({ at: range[1], left: 1 - 0.5 / 0.01 });
  expect(rates.at(-1)).toMatchObject({ good: 1, total: 2, burnRate: 50 });
});
