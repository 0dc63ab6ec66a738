import type { Mark } from "@/app/_charts/axes";
import { burnDown, burnRates, type Point } from "@/server/slos/domain/burn-down";
import type { SloHistory, SloRow } from "../../_components/slo-row";
import type { RangeDays } from "../../search-params";

const DAY_MS = 86_400_000;

/** Into how many parts a range is cut: a quarter of an hour, two hours, six hours or a day each. */
const PARTS: Readonly<Record<RangeDays, number>> = { 1: 96, 7: 84, 30: 120, 90: 90 };

/** Points up to a moment: the hour that is under way is named by a close that has not come. */
const pointsOf = ({ points }: SloHistory, to: number): Point[] =>
  points.map(({ at, good, total }) => ({ at: Math.min(Date.parse(at), to), good, total }));

/** What charts and files show of an objective over so many days up to its last judged minute. */
export function burnSeries(slo: SloRow, { fine, long }: { fine: SloHistory; long: SloHistory }, days: RangeDays) {
  const to = Date.parse(slo.watermark);
  const from = to - days * DAY_MS;
  const range = { from, to, countedSince: Date.parse(slo.countedSince) };
  const parts = PARTS[days];
  const marks = fine.alerts
    .map(({ openedAt, severity }): Mark => ({ at: Date.parse(openedAt), severity }))
    .filter(({ at }) => at >= from);
  return {
    ...{ range: [from, to] as const, marks },
    left: burnDown(pointsOf(long, to), slo, range, parts),
    rates: burnRates(pointsOf(fine, to), slo, range, parts),
  };
}
export type BurnSeries = ReturnType<typeof burnSeries>;
