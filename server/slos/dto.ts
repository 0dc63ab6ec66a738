import { PERIOD } from "./domain/alert";
import { budgetLeft, burnRate, factorOf } from "./domain/burn";
import { countsIn, TRICKLE } from "./domain/judge-slo";
import type { SloStanding } from "./load-standings";

/** An objective as pages and programs see it. */
export function sloDto({ slo, standing, watermark, countedSince, period, alerts }: SloStanding) {
  const { spec } = slo;
  const inPeriod = countsIn(standing, PERIOD);
  const windowOf = (minutes: number) => {
    const counts = countsIn(standing, String(minutes));
    return { minutes, ...counts, burnRate: burnRate(counts, spec) };
  };
  const firing = new Map(alerts.map((alert) => [alert.ruleId, alert]));
  const stateOf = (ruleId: string) => {
    const alert = firing.get(ruleId);
    return alert === undefined
      ? null
      : {
          ...{ alertId: alert.id, reason: alert.reason, openedAt: alert.openedAt.toISOString() },
          ...{ incidentId: alert.incidentId, figures: alert.figures },
        };
  };
  return {
    ...{ id: slo.id, sli: slo.sli, title: spec.title, sheet: slo.sheet, isOwn: slo.isOwn, generation: slo.generation },
    ...{ targetPpm: spec.targetPpm, window: spec.window, method: spec.method, thresholdMs: spec.thresholdMs },
    deadlineMinutes: spec.deadlineMinutes,
    countedSince: countedSince.toISOString(),
    /** The close of the last minute that was judged. */
    watermark: watermark.toISOString(),
    period: {
      ...{ from: period.from.toISOString(), minutes: period.minutes },
      ...inPeriod,
      burnRate: burnRate(inPeriod, spec),
      /** 1 is all of the budget, 0 none; below it is overspent; null without events. */
      budgetLeft: budgetLeft(inPeriod, spec),
    },
    rules: [
      ...spec.alerts.map((rule) => ({
        ...{ id: rule.id, severity: rule.severity, budgetPercent: rule.budgetPercent },
        factor: factorOf(rule, { windowMinutes: rule.longMinutes, periodMinutes: period.minutes }),
        ...{ long: windowOf(rule.longMinutes), short: windowOf(rule.shortMinutes), guard: rule.guard },
        firing: stateOf(rule.id),
      })),
    ],
    backstop: { ...spec.backstop, window: windowOf(spec.backstop.windowMinutes), firing: stateOf(TRICKLE) },
  };
}
