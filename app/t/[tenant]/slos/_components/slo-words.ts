import { durationText } from "@/app/_shared/duration";
import { minutesToExhaustion } from "@/server/slos/domain/forecast";
import type { AlertReason } from "@/server/slos/domain/judge";
import type { SloWindow } from "@/server/slos/domain/slo";
import { CLASS_WORDS, EXECUTION_CLASSES, type ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { SloRow, SloRule } from "./slo-row";

/** Percent with so many decimals, never rounded up: what is not all good does not read 100 %. */
export const percentText = (ratio: number, decimals: number) => {
  const units = Math.floor(Math.round(ratio * 1e9) / 10 ** (7 - decimals));
  return `${units / 10 ** decimals} %`;
};

export const sliText = ({ good, total }: { good: number; total: number }) =>
  total === 0 ? "–" : percentText(good / total, 3);

export const burnText = (rate: number | null) => (rate === null ? "–" : `${Number(rate.toPrecision(3))}×`);

export const countText = (count: number) => count.toLocaleString("en-GB");

export const minutesText = (minutes: number) => durationText(minutes * 60_000);

export const windowText = (window: SloWindow) =>
  window.kind === "rolling" ? `last ${window.days} days` : `this month in ${window.timeZone}`;

/** Within what time an event is good, in words; null where time does not matter. */
export function thresholdText(thresholdMs: SloRow["thresholdMs"]): string | null {
  if (thresholdMs === null) return null;
  if (typeof thresholdMs === "number") return durationText(thresholdMs);
  const byClass: Partial<Record<ExecutionClass, number>> = thresholdMs;
  return EXECUTION_CLASSES.flatMap((name) => {
    const ms = byClass[name];
    return ms === undefined ? [] : [`${durationText(ms)} (${CLASS_WORDS[name]})`];
  }).join(", ");
}

/** How an objective stands, as a status. */
export function stateOf({ rules, backstop, period }: Pick<SloRow, "rules" | "backstop" | "period">): string {
  const firing = rules.filter((rule) => rule.firing !== null);
  if (firing.some(({ severity }) => severity === "page")) return "slo-paging";
  if (firing.length > 0 || backstop.firing !== null) return "slo-ticket";
  if (period.budgetLeft === null) return "slo-no-data";
  if (period.budgetLeft <= 0) return "slo-spent";
  return period.budgetLeft <= 0.2 ? "slo-at-risk" : "slo-healthy";
}

const REASONS: Readonly<Record<AlertReason, string>> = {
  burning: "Both windows burn too fast.",
  "too-few": "Both windows burn too fast, by too few events to be more than chance.",
  recovering: "The long window still burns too fast; the short one does not any more.",
  "no-data": "It was on, and no event has come since that would say otherwise.",
  trickle: "Bad events trickle in, too slowly for any window.",
  healthy: "Nothing burns too fast.",
};

/** Why an alert is on or off, as it is judged now. */
export function whyOf({ firing, long, short, factor }: SloRule): string {
  if (firing !== null) return REASONS[firing.reason];
  const isLong = (long.burnRate ?? 0) > factor;
  const isShort = (short.burnRate ?? 0) > factor;
  if (isLong && isShort) return REASONS["too-few"];
  if (long.total === 0) return "No events in its windows.";
  return isLong ? REASONS.recovering : REASONS.healthy;
}

/** By which window the pace of spending is taken. */
const PACE_MINUTES = 360;

/** When the budget is gone if it goes on as now, in words. */
export function forecastText({ period, rules, window }: Pick<SloRow, "period" | "rules" | "window">): string {
  if (period.budgetLeft === null) return "Nothing to foresee yet";
  if (period.budgetLeft <= 0) return "It is spent";
  const pace = rules.map(({ long }) => long).find(({ minutes }) => minutes === PACE_MINUTES) ?? rules[0]?.long;
  const burnRate = pace?.burnRate ?? null;
  const minutes = minutesToExhaustion({ left: period.budgetLeft, burnRate, periodMinutes: period.minutes });
  const over = pace === undefined ? "" : ` at the pace of the last ${minutesText(pace.minutes)}`;
  if (minutes === null) return `Not spent${over}`;
  const ends = Date.parse(period.from) + period.minutes * 60_000;
  const isAfterMonth = window.kind === "calendar" && Date.now() + minutes * 60_000 > ends;
  return isAfterMonth ? `Not before the month ends${over}` : `Gone in ${minutesText(minutes)}${over}`;
}
