import { budgetOf, burns, factorOf, type Objective } from "./burn";
import { badOf, type Counts } from "./counts";
import { isChance } from "./guard";
import { type AlertRule, type Backstop, PPM } from "./slo";

/** What an alert is judged by. */
export interface Seen {
  long: Counts;
  short: Counts;
  /** Whether the last minute that had events had a bad one; null where there never was an event. */
  wasLastBad: boolean | null;
  /** Whether the alert was on. */
  isOn: boolean;
}

export type AlertReason =
  /** Both windows burn too fast. */
  | "burning"
  /** Too fast, and by too few events to be more than chance. */
  | "too-few"
  /** The long window burns too fast; the short one does not any more. */
  | "recovering"
  /** It was on, and no event has come since that would say otherwise. */
  | "no-data"
  /** Bad events trickle in, too slowly for the windows. */
  | "trickle"
  | "healthy";

export interface Verdict {
  isOn: boolean;
  reason: AlertReason;
}

/** Judges the short window; one without events is as the last minute that had any, since silence is no health. */
function isShortBurning(rule: AlertRule, objective: Objective, { short, wasLastBad }: Seen): boolean {
  return short.total === 0 ? wasLastBad === true : burns(short, rule, objective);
}

/**
 * Judges one alert at the close of a minute. It comes on where both windows burn faster than it allows and the guard takes
 * that for more than chance; it goes off with the short window. One that is on stays on while nothing
 * comes, until its long window holds nothing either.
 */
export function judgeAlert(rule: AlertRule, objective: Objective, seen: Seen): Verdict {
  const { long, short, isOn } = seen;
  const isLong = burns(long, rule, objective);
  const isShort = isShortBurning(rule, objective, seen);
  if (isOn) {
    // Silence is no health, but an alert of windows that hold nothing at all says nothing any more.
    if (short.total === 0) return { isOn: long.total > 0, reason: isLong ? "burning" : "no-data" };
    if (isShort) return { isOn: true, reason: "burning" };
    return { isOn: false, reason: isLong ? "recovering" : "healthy" };
  }
  if (!isLong || !isShort) return { isOn: false, reason: isLong ? "recovering" : "healthy" };
  const allowed = budgetOf(objective) * factorOf(rule, { windowMinutes: rule.longMinutes, ...objective });
  return isChance(long, allowed, rule.guard) ? { isOn: false, reason: "too-few" } : { isOn: true, reason: "burning" };
}

/**
 * The backstop for tenants with few events, whose windows are empty most of the time: over some days as many bad ones as
 * it names, and as that share of the period's budget.
 */
export function isTrickling(
  { minBad, budgetPercent, windowMinutes }: Backstop,
  { days, period }: { days: Counts; period: Counts },
  objective: Objective,
): boolean {
  const bad = badOf(days);
  // A month that has just begun has a budget too: as many events as these days would bring it.
  const total = Math.max(period.total, Math.floor((days.total * objective.periodMinutes) / windowMinutes));
  // bad ≥ pct/100 · budget · total, as whole numbers like every other comparison.
  const [spent, asked] = [BigInt(bad) * BigInt(PPM) * 10_000n, BigInt(Math.round(budgetPercent * 100))];
  return bad >= minBad && spent >= asked * BigInt(PPM - objective.targetPpm) * BigInt(total);
}
