import { type AlertFigures, PERIOD } from "./alert";
import { burnRate, factorOf, type Objective } from "./burn";
import { type Counts, NONE } from "./counts";
import { type AlertReason, isTrickling, judgeAlert } from "./judge";
import type { SloSpec } from "./slo";

/** The rule of the backstop, beside those of the objective. */
export const TRICKLE = "slow-trickle";

/** The sums of an objective's windows at the close of a minute. */
export interface Standing {
  spec: SloSpec;
  /** By the window's name, as events or as slices that had events. */
  windows: ReadonlyMap<string, Counts>;
  /** The minutes that its period really has. */
  periodMinutes: number;
  /** Minutes since this generation began to be counted. */
  countedMinutes: number;
  /** Minutes of the period up to now. */
  elapsedMinutes: number;
  wasLastBad: boolean | null;
  /** Rules whose alert is on. */
  on: ReadonlySet<string>;
}

export interface AlertChange {
  ruleId: string;
  severity: "page" | "ticket";
  isOn: boolean;
  reason: AlertReason;
  figures: AlertFigures;
}

/**
 * What a window comes to. Where slices are counted, a minute without events is a good one: all minutes count that the
 * window and the counting have in common.
 */
export function countsIn(standing: Standing, name: string): Counts {
  const { spec, windows, countedMinutes, elapsedMinutes } = standing;
  const counts = windows.get(name) ?? NONE;
  if (spec.method.kind === "occurrences") return counts;
  const minutes = Math.min(name === PERIOD ? elapsedMinutes : Number(name), countedMinutes);
  return { good: Math.max(0, minutes - (counts.total - counts.good)), total: Math.max(minutes, counts.total) };
}

function figuresOf(
  { longMinutes, shortMinutes }: { longMinutes: number; shortMinutes: number },
  { long, short }: { long: Counts; short: Counts },
  objective: Objective,
  factor: number,
): AlertFigures {
  return {
    long: { ...long, minutes: longMinutes },
    short: { ...short, minutes: shortMinutes },
    longBurn: burnRate(long, objective),
    shortBurn: burnRate(short, objective),
    factor,
    targetPpm: objective.targetPpm,
  };
}

/** Judges all alerts of an objective; gives how each stands. */
export function judgeSlo(standing: Standing): AlertChange[] {
  const { spec, periodMinutes, wasLastBad, on } = standing;
  const objective: Objective = { targetPpm: spec.targetPpm, periodMinutes };
  const alerts = spec.alerts.map((rule): AlertChange => {
    const [long, short] = [countsIn(standing, String(rule.longMinutes)), countsIn(standing, String(rule.shortMinutes))];
    const verdict = judgeAlert(rule, objective, { long, short, wasLastBad, isOn: on.has(rule.id) });
    const factor = factorOf(rule, { windowMinutes: rule.longMinutes, periodMinutes });
    const figures = figuresOf(rule, { long, short }, objective, factor);
    return { ruleId: rule.id, severity: rule.severity, ...verdict, figures };
  });
  const { backstop } = spec;
  const [days, period] = [countsIn(standing, String(backstop.windowMinutes)), countsIn(standing, PERIOD)];
  const isOn = isTrickling(backstop, { days, period }, objective);
  const factor = factorOf(backstop, { windowMinutes: backstop.windowMinutes, periodMinutes });
  const minutes = { longMinutes: backstop.windowMinutes, shortMinutes: backstop.windowMinutes };
  const figures = figuresOf(minutes, { long: days, short: days }, objective, factor);
  const trickle: AlertChange = {
    ...{ ruleId: TRICKLE, severity: "ticket", isOn, reason: isOn ? "trickle" : "healthy", figures },
  };
  const known = new Set([...alerts, trickle].map(({ ruleId }) => ruleId));
  // A rule that the sheet has no longer: its alert ends with it.
  const gone = [...on]
    .filter((ruleId) => !known.has(ruleId))
    .map((ruleId): AlertChange => ({ ...trickle, ruleId, isOn: false, reason: "healthy" }));
  return [...alerts, trickle, ...gone];
}
