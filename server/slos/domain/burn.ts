import { badOf, type Counts } from "./counts";
import type { AlertRule } from "./slo";

const MILLION = 1_000_000;

/** What a burn is measured against: the target in millionths, and the minutes that its period really has. */
export interface Objective {
  targetPpm: number;
  periodMinutes: number;
}

/** The share of events that may be bad, 0 to 1. */
export const budgetOf = ({ targetPpm }: Pick<Objective, "targetPpm">): number => (MILLION - targetPpm) / MILLION;

/** How many times faster than evenly the budget is spent: the error ratio by the budget; null without events. */
export function burnRate(counts: Counts, { targetPpm }: Pick<Objective, "targetPpm">): number | null {
  if (counts.total === 0) return null;
  return (badOf(counts) * MILLION) / (counts.total * (MILLION - targetPpm));
}

/** What is left of the period's budget: 1 is all, 0 is none, below is overspent; null without events. */
export function budgetLeft(counts: Counts, objective: Pick<Objective, "targetPpm">): number | null {
  const rate = burnRate(counts, objective);
  return rate === null ? null : 1 - rate;
}

/** The burn rate above which an alert fires: `pct · period / window`. For people to read; decisions compare integers. */
export const factorOf = (
  { budgetPercent }: Pick<AlertRule, "budgetPercent">,
  { windowMinutes, periodMinutes }: { windowMinutes: number; periodMinutes: number },
): number => (budgetPercent * periodMinutes) / (100 * windowMinutes);

/** False where not even an outage of everything burns so fast, as the most that can burn is `1 / budget`. */
export const isReachable = (
  { budgetPercent, longMinutes }: Pick<AlertRule, "budgetPercent" | "longMinutes">,
  { targetPpm, periodMinutes }: Objective,
): boolean =>
  hundredths(budgetPercent) * BigInt(periodMinutes) * BigInt(MILLION - targetPpm) <
  10_000n * BigInt(longMinutes) * BigInt(MILLION);

const hundredths = (percent: number): bigint => BigInt(Math.round(percent * 100));

/**
 * Whether a window burns faster than the alert allows, strictly. Both sides are whole numbers, as a boundary that is hit
 * exactly must not depend on rounding: `bad · 10⁶ · 10⁴ · W > pct·10² · P · (10⁶ − target) · total`.
 */
export function burns(
  counts: Counts,
  { budgetPercent, longMinutes }: Pick<AlertRule, "budgetPercent" | "longMinutes">,
  { targetPpm, periodMinutes }: Objective,
): boolean {
  const spent = BigInt(badOf(counts)) * BigInt(MILLION) * 10_000n * BigInt(longMinutes);
  const allowed =
    hundredths(budgetPercent) * BigInt(periodMinutes) * BigInt(MILLION - targetPpm) * BigInt(counts.total);
  return spent > allowed;
}
