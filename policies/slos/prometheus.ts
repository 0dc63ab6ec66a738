import { exactText, minus, rational, times } from "@/server/slos/domain/rational";
import { type AlertRule, DAY_MINUTES, type Edition, type SloSpec } from "@/server/slos/domain/slo";
import type { EditionSlos } from "./parse-edition";
import {
  BUDGET_LEFT,
  budgetRatio,
  durationText,
  errorRatioPerDay,
  EVENTS,
  factorIn,
  nameOf,
  ratioOf,
  type SloName,
} from "./series";

type Labels = Readonly<Record<string, string>>;
type Rule =
  | { record: string; expr: string; labels: Labels }
  | { alert: string; expr: string; for?: string; labels: Labels; annotations: Labels };

/** Rules that are evaluated together. */
export interface RuleGroup {
  name: string;
  interval?: string;
  rules: Rule[];
}

/** The shortest window of Sloth's dashboards; it is recorded whether an alert needs it or not. */
const CURRENT_MINUTES = 5;
/** Where pages tell what to do about each alert. */
const RUNBOOKS = "docs/runbooks";

const selector = (labels: Labels) =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

const slothLabels = ({ service, id }: SloName, { id: slo }: SloSpec): Labels => ({
  ...{ sloth_id: id, sloth_service: service, sloth_slo: slo },
});

/** Processes tell totals of the whole deployment: the largest is the newest, and a sum would count each again. */
const total = (of: (series: string) => string, series: string) => `sum(max by (outcome) (${of(series)}))`;

const seriesOf = ({ edition }: SloName, { id }: SloSpec, outcome?: "bad") =>
  EVENTS + selector({ edition, slo: id, ...(outcome === undefined ? {} : { outcome }) });

/** Bad by all: 0 where nothing ever was bad, and nothing at all where there were no events, as silence is no health. */
function errorRatio(name: SloName, slo: SloSpec, of: (series: string) => string): string {
  return `(${total(of, seriesOf(name, slo, "bad"))} or vector(0))\n/\n(${total(of, seriesOf(name, slo))} > 0)`;
}

const SLICE_BAD = "conductor:slo_slice_bad:bool";

/** The error ratio over some minutes: of events, or of slices. */
function windowRatio(name: SloName, slo: SloSpec, minutes: number): string {
  const window = durationText(minutes);
  if (slo.method.kind === "timeslices")
    return `avg_over_time(${SLICE_BAD}${selector(slothLabels(name, slo))}[${window}])`;
  return errorRatio(name, slo, (series) => `rate(${series}[${window}])`);
}

/** The bad events, or slices, over some minutes. */
function badIn(name: SloName, slo: SloSpec, minutes: number): string {
  const window = durationText(minutes);
  if (slo.method.kind === "timeslices")
    return `sum_over_time(${SLICE_BAD}${selector(slothLabels(name, slo))}[${window}])`;
  return total((series) => `increase(${series}[${window}])`, seriesOf(name, slo, "bad"));
}

/** Slices that had too few good events; by what totals grew, so that no event falls between two samples. */
function sliceGroup(name: SloName, slo: SloSpec): RuleGroup[] {
  if (slo.method.kind !== "timeslices") return [];
  const slice = durationText(slo.method.sliceMinutes);
  const grown = (series: string) => `clamp_min(${series} - ${series} offset ${slice}, 0)`;
  const allowed = exactText(minus(rational(1), ratioOf(slo.method.goodPpm)));
  // A slice without events is a good one; where the product tells nothing at all there is no slice.
  const expr = `(\n${errorRatio(name, slo, grown)}\n) > bool ${allowed}\nor\n0 * ${total(grown, seriesOf(name, slo))}`;
  return [
    {
      ...{ name: `conductor-slo-slices-${name.id}`, interval: slice },
      rules: [{ record: SLICE_BAD, expr, labels: slothLabels(name, slo) }],
    },
  ];
}

const recorded = (minutes: number) => `slo:sli_error:ratio_rate${durationText(minutes)}`;

function sliGroup(name: SloName, slo: SloSpec): RuleGroup {
  const windows = new Set([CURRENT_MINUTES, ...slo.alerts.flatMap((rule) => [rule.shortMinutes, rule.longMinutes])]);
  const rules = [...windows]
    .sort((a, b) => a - b)
    .map((minutes): Rule => {
      const labels = { ...slothLabels(name, slo), sloth_window: durationText(minutes) };
      return { record: recorded(minutes), expr: windowRatio(name, slo, minutes), labels };
    });
  return { name: `sloth-slo-sli-recordings-${name.id}`, rules };
}

/** Of the whole period, by events: the mean of means that Sloth takes would weigh a quiet hour like a busy one. */
function periodGroup(name: SloName, slo: SloSpec): RuleGroup[] {
  if (slo.window.kind === "calendar") return [];
  const minutes = slo.window.days * DAY_MINUTES;
  const labels = { ...slothLabels(name, slo), sloth_window: durationText(minutes) };
  const rule: Rule = { record: recorded(minutes), expr: windowRatio(name, slo, minutes), labels };
  return [{ name: `conductor-slo-period-recordings-${name.id}`, interval: "2m", rules: [rule] }];
}

/** The part of the period's budget that is spent. Where a month began, only the product knows: it depends on a time zone. */
function periodBurn(name: SloName, slo: SloSpec, own: string): string {
  if (slo.window.kind === "calendar")
    return `1 - max(${BUDGET_LEFT}${selector({ edition: name.edition, slo: slo.id })})`;
  return `${recorded(slo.window.days * DAY_MINUTES)}${own} / on(sloth_id) group_left slo:error_budget:ratio${own}`;
}

function metaGroup(name: SloName, slo: SloSpec, version: string): RuleGroup {
  const labels = slothLabels(name, slo);
  const own = selector(labels);
  const record = (series: string, expr: string, more: Labels = {}): Rule => ({
    ...{ record: series, expr, labels: { ...labels, ...more } },
  });
  const days = slo.window.kind === "calendar" ? "days_in_month()" : `vector(${slo.window.days})`;
  const current = `${recorded(CURRENT_MINUTES)}${own} / on(sloth_id) group_left slo:error_budget:ratio${own}`;
  return {
    name: `sloth-slo-meta-recordings-${name.id}`,
    rules: [
      record("slo:objective:ratio", `vector(${exactText(ratioOf(slo.targetPpm))})`),
      record("slo:error_budget:ratio", `vector(${exactText(budgetRatio(slo))})`),
      record("slo:time_period:days", days),
      record("slo:current_burn_rate:ratio", current),
      record("slo:period_burn_rate:ratio", periodBurn(name, slo, own)),
      record("slo:period_error_budget_remaining:ratio", `1 - slo:period_burn_rate:ratio${own}`),
      record("sloth_slo_info", "vector(1)", {
        ...{ sloth_mode: "conductor", sloth_spec: "conductor/v1", sloth_version: version },
        sloth_objective: exactText(times(ratioOf(slo.targetPpm), rational(100))),
      }),
    ],
  };
}

/** `page-quick` as `ConductorSloPageQuick`. */
const alertName = (id: string) =>
  `ConductorSlo${id.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase())}`;

/** Above which error ratio it fires; months differ, and Prometheus counts their days in UTC. */
function allowedRatio(rule: AlertRule, slo: SloSpec): string {
  const perDay = errorRatioPerDay(rule, slo);
  return slo.window.kind === "calendar"
    ? `${exactText(perDay)} * scalar(days_in_month())`
    : exactText(times(perDay, rational(slo.window.days)));
}

const factorText = (rule: AlertRule, { window }: SloSpec) =>
  window.kind === "calendar"
    ? `${exactText(factorIn(rule, 28))} to ${exactText(factorIn(rule, 31))}`
    : exactText(factorIn(rule, window.days));

function alertRule(name: SloName, slo: SloSpec, rule: AlertRule): Rule {
  const own = selector(slothLabels(name, slo));
  const burning = (minutes: number) =>
    `max without (sloth_window) (${recorded(minutes)}${own}) > ${allowedRatio(rule, slo)}`;
  const [long, short] = [durationText(rule.longMinutes), durationText(rule.shortMinutes)];
  return {
    alert: alertName(rule.id),
    expr: [
      burning(rule.longMinutes),
      `and\n${burning(rule.shortMinutes)}`,
      // Chance alone brings one or two; the product's own alerts ask besides how sure it is.
      `and on()\n${badIn(name, slo, rule.longMinutes)} >= ${rule.guard.minBad}`,
    ].join("\n"),
    labels: {
      ...slothLabels(name, slo),
      ...{ severity: rule.severity, sloth_severity: rule.severity, conductor_alert: rule.id },
    },
    annotations: {
      title: `(${rule.severity}) {{$labels.sloth_service}} {{$labels.sloth_slo}} spends its error budget too fast.`,
      summary: `${slo.title}: over ${long} and ${short} the budget burns more than ${factorText(rule, slo)} times as fast as evenly.`,
      runbook: `${RUNBOOKS}/slo-${slo.sli}.md#${rule.id}`,
    },
  };
}

/** What says that the numbers themselves cannot be trusted. */
function watchGroup(edition: Edition): RuleGroup {
  const alert = (name: string, expr: string, wait: string, [title, watched]: [string, string]): Rule => ({
    ...{ alert: name, expr, for: wait, labels: { severity: "ticket", conductor_edition: edition } },
    annotations: { title, runbook: `${RUNBOOKS}/slo-${watched}.md` },
  });
  return {
    name: `conductor-slo-watch-${edition}`,
    rules: [
      alert("ConductorSloNoData", `absent(${EVENTS}${selector({ edition })})`, "15m", [
        ...(["No events arrive, good or bad: what is promised is not measured.", "no-data"] as const),
      ]),
      alert("ConductorSloLate", "max(conductor_slo_watermark_age_seconds) > 300", "5m", [
        ...(["SLOs are judged late: the last closed minute is more than five minutes old.", "late"] as const),
      ]),
      alert("ConductorSloDrift", "max(abs(conductor_slo_reconcile_drift)) > 0", "5m", [
        ...(["Running sums differ from a recount.", "drift"] as const),
      ]),
    ],
  };
}

/** Recording and alerting rules of an edition, with the series that Sloth's dashboards read. */
export const ruleGroups = ({ edition, version, slos }: EditionSlos): RuleGroup[] => [
  ...slos.flatMap((slo) => {
    const name = nameOf(edition, slo);
    return [
      ...sliceGroup(name, slo),
      sliGroup(name, slo),
      ...periodGroup(name, slo),
      metaGroup(name, slo, version),
      { name: `sloth-slo-alerts-${name.id}`, rules: slo.alerts.map((rule) => alertRule(name, slo, rule)) },
    ];
  }),
  watchGroup(edition),
];
