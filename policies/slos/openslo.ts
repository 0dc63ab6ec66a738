import { numberOf } from "@/server/slos/domain/rational";
import type { AlertRule, Edition, SloSpec } from "@/server/slos/domain/slo";
import type { EditionSlos } from "./parse-edition";
import { durationText, EVENTS, factorIn, nameOf, ratioOf } from "./series";

/** An object of OpenSLO v1. */
export interface OpenSlo {
  apiVersion: "openslo/v1";
  kind: "AlertNotificationTarget" | "AlertPolicy" | "DataSource" | "Service" | "SLI" | "SLO";
  metadata: { name: string; displayName?: string; annotations?: Readonly<Record<string, string>> };
  spec: Readonly<Record<string, unknown>>;
}

const DATA_SOURCE = "conductor-prometheus";
/** What OpenSLO has no field for stands in annotations of this prefix, which the import reads again. */
export const ANNOTATION = "conductor-";
/** A month as alerts of a calendar window are told in: thresholds of OpenSLO cannot follow the real length. */
const MONTH_DAYS = 30;

const object = (kind: OpenSlo["kind"], metadata: OpenSlo["metadata"], spec: OpenSlo["spec"]): OpenSlo => ({
  ...{ apiVersion: "openslo/v1", kind, metadata, spec },
});

function indicator(edition: Edition, slo: SloSpec): OpenSlo {
  const source = (more: string) => ({
    metricSource: {
      ...{ metricSourceRef: DATA_SOURCE, type: "Prometheus" },
      spec: { query: `sum(max by (outcome) (${EVENTS}{edition="${edition}",slo="${slo.id}"${more}}))` },
    },
  });
  return object(
    "SLI",
    { name: nameOf(edition, slo).id, displayName: slo.title },
    { ratioMetric: { counter: true, bad: source(',outcome="bad"'), total: source("") } },
  );
}

const timeWindow = ({ window }: SloSpec) =>
  window.kind === "rolling"
    ? { duration: `${window.days}d`, isRolling: true }
    : {
        ...{ duration: "1M", isRolling: false },
        calendar: { startTime: "2026-01-01 00:00:00", timeZone: window.timeZone },
      };

function objective({ method, targetPpm }: SloSpec) {
  const target = numberOf(ratioOf(targetPpm));
  if (method.kind === "occurrences") return { target };
  return {
    target,
    timeSliceTarget: numberOf(ratioOf(method.goodPpm)),
    timeSliceWindow: durationText(method.sliceMinutes),
  };
}

const policyName = (edition: Edition, slo: SloSpec, rule: AlertRule) => `${nameOf(edition, slo).id}-${rule.id}`;

function alertPolicy({ edition, notify }: EditionSlos, slo: SloSpec, rule: AlertRule): OpenSlo {
  const days = slo.window.kind === "rolling" ? slo.window.days : MONTH_DAYS;
  const name = policyName(edition, slo, rule);
  const condition = {
    ...{ kind: "burnrate", op: "gt" },
    threshold: numberOf(factorIn(rule, days)),
    lookbackWindow: durationText(rule.longMinutes),
    // It fires with the first minute in which both windows burn; OpenSLO knows no 0.
    alertAfter: "1m",
  };
  return object(
    "AlertPolicy",
    {
      name,
      annotations: {
        [`${ANNOTATION}alert`]: rule.id,
        [`${ANNOTATION}budget-percent`]: String(rule.budgetPercent),
        [`${ANNOTATION}short-window`]: durationText(rule.shortMinutes),
      },
    },
    {
      ...{ alertWhenNoData: false, alertWhenResolved: true, alertWhenBreaching: true },
      conditions: [{ kind: "AlertCondition", metadata: { name }, spec: { severity: rule.severity, condition } }],
      notificationTargets: notify[rule.severity].map((targetRef) => ({ targetRef })),
    },
  );
}

function objectiveOf(edition: Edition, slo: SloSpec): OpenSlo {
  const { id, service } = nameOf(edition, slo);
  return object(
    "SLO",
    { name: id, displayName: slo.title, annotations: { [`${ANNOTATION}sli`]: slo.sli } },
    {
      ...{ service, indicatorRef: id, timeWindow: [timeWindow(slo)] },
      budgetingMethod: slo.method.kind === "occurrences" ? "Occurrences" : "Timeslices",
      objectives: [objective(slo)],
      alertPolicies: slo.alerts.map((rule) => policyName(edition, slo, rule)),
    },
  );
}

/** An edition as objects of OpenSLO v1, as its JSON Schema asks for them. */
export function openSlo(slos: EditionSlos): OpenSlo[] {
  const { edition, title, notify } = slos;
  const targets = [...new Set(Object.values(notify).flat())].sort();
  return [
    object("DataSource", { name: DATA_SOURCE }, { type: "Prometheus", connectionDetails: {} }),
    object("Service", { name: `conductor-${edition}`, displayName: title }, { description: slos.about }),
    ...targets.map((target) => object("AlertNotificationTarget", { name: target }, { target })),
    ...slos.slos.flatMap((slo) => [
      indicator(edition, slo),
      ...slo.alerts.map((rule) => alertPolicy(slos, slo, rule)),
      objectiveOf(edition, slo),
    ]),
  ];
}
