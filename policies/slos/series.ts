import { rational, type Rational, times } from "@/server/slos/domain/rational";
import { type AlertRule, DAY_MINUTES, type Edition, PPM, type SloSpec } from "@/server/slos/domain/slo";

/** What the product counts: good and bad events of all tenants together. Each of its processes tells the same totals. */
export const EVENTS = "conductor_slo_events_total";
/** What the product says is left of a period's budget. */
export const BUDGET_LEFT = "conductor_slo_budget_remaining_ratio";

/** Names by which programs know an objective. */
export interface SloName {
  edition: Edition;
  /** What Sloth's dashboards group by. */
  service: string;
  id: string;
}

export const nameOf = (edition: Edition, { id }: Pick<SloSpec, "id">): SloName => ({
  ...{ edition, service: `conductor-${edition}`, id: `conductor-${edition}-${id}` },
});

/** Minutes as Prometheus and OpenSLO write them, in the largest unit that fits: `5m`, `6h`, `3d`. */
export function durationText(minutes: number): string {
  if (minutes % DAY_MINUTES === 0) return `${minutes / DAY_MINUTES}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** Millionths as a fraction of 1. */
export const ratioOf = (ppm: number): Rational => rational(ppm, PPM);
/** The share of events, or slices, that may be bad. */
export const budgetRatio = ({ targetPpm }: Pick<SloSpec, "targetPpm">): Rational => rational(PPM - targetPpm, PPM);

/** The burn rate above which an alert fires, per day that its period has. */
const factorPerDay = ({ budgetPercent, longMinutes }: AlertRule): Rational =>
  rational(Math.round(budgetPercent * 100) * DAY_MINUTES, 10_000 * longMinutes);

/** The burn rate above which an alert fires, in a period of so many days. */
export const factorIn = (rule: AlertRule, days: number): Rational => times(factorPerDay(rule), rational(days));

/** The error ratio above which an alert fires, per day that its period has. */
export const errorRatioPerDay = (rule: AlertRule, slo: SloSpec): Rational =>
  times(factorPerDay(rule), budgetRatio(slo));
