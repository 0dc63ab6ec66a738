import { BUDGET_LEFT, EVENTS } from "./series";

const SOURCE = { type: "prometheus", uid: "${datasource}" };
/** Which objective a panel is about, as the variables at the top say. */
const CHOSEN = '{sloth_service="${service}",sloth_slo="${slo}"}';
const COUNTED = '{edition=~"${edition}",slo="${slo}"}';
/** Columns of Grafana's grid. */
const WIDTH = 24;

interface Panel {
  title: string;
  type: "stat" | "timeseries" | "table";
  description: string;
  unit: string;
  width: number;
  height: number;
  queries: readonly { expr: string; legend: string }[];
  thresholds?: readonly { color: string; value: number | null }[];
}

const BUDGET_COLOURS = [
  { color: "red", value: null },
  { color: "orange", value: 0.000001 },
  { color: "green", value: 0.2 },
] as const;
const BURN_COLOURS = [
  { color: "green", value: null },
  { color: "orange", value: 1 },
  { color: "red", value: 6 },
] as const;

const stat = (title: string, expr: string, more: Pick<Panel, "description" | "unit" | "thresholds">): Panel => ({
  ...{ title, type: "stat", width: 6, height: 5, queries: [{ expr, legend: "" }], ...more },
});
const series = (
  title: string,
  queries: Panel["queries"],
  more: Pick<Panel, "description" | "unit" | "width">,
): Panel => ({
  ...{ title, type: "timeseries", height: 8, queries, ...more },
});

const burn = (window: string) =>
  `slo:sli_error:ratio_rate${window}${CHOSEN} / on(sloth_id) group_left slo:error_budget:ratio${CHOSEN}`;

const PANELS: readonly Panel[] = [
  stat("Objective", `slo:objective:ratio${CHOSEN}`, {
    ...{ description: "What is promised of the period.", unit: "percentunit" },
  }),
  stat("Budget left", `slo:period_error_budget_remaining:ratio${CHOSEN}`, {
    ...{
      description: "Of the period's error budget; below 0 it is overspent.",
      unit: "percentunit",
      thresholds: BUDGET_COLOURS,
    },
  }),
  stat("Burn rate now", `slo:current_burn_rate:ratio${CHOSEN}`, {
    ...{
      description: "Over five minutes; 1 spends the budget just by the period's end.",
      unit: "none",
      thresholds: BURN_COLOURS,
    },
  }),
  stat("Age of the last minute", "max(conductor_slo_watermark_age_seconds)", {
    ...{ description: "How old the newest minute is that was judged.", unit: "s" },
  }),
  series(
    "Burn rates",
    ["5m", "30m", "1h", "6h", "1d", "3d"].map((window) => ({ expr: burn(window), legend: window })),
    { description: "How many times faster than evenly the budget is spent, by window.", unit: "none", width: 12 },
  ),
  series("Budget left over time", [{ expr: `slo:period_error_budget_remaining:ratio${CHOSEN}`, legend: "left" }], {
    ...{ description: "Of the period's error budget.", unit: "percentunit", width: 12 },
  }),
  series("Events", [{ expr: `max by (outcome) (rate(${EVENTS}${COUNTED}[5m]))`, legend: "{{outcome}}" }], {
    ...{ description: "Good and bad events a second, of all tenants.", unit: "reqps", width: 12 },
  }),
  series(
    "What the product says is left",
    [{ expr: `max by (edition) (${BUDGET_LEFT}${COUNTED})`, legend: "{{edition}}" }],
    {
      ...{ description: "Counted by the product itself, in its period and time zone.", unit: "percentunit", width: 12 },
    },
  ),
  {
    ...{ title: "Alerts", type: "table", width: WIDTH, height: 8, unit: "none" },
    description: "What fires of this objective.",
    queries: [{ expr: `ALERTS${CHOSEN}`, legend: "" }],
  },
];

/** Puts panels side by side until a row is full. */
function placed(panels: readonly Panel[]) {
  let [x, y, tallest] = [0, 0, 0];
  return panels.map(({ width, height, ...panel }, place) => {
    if (x + width > WIDTH) [x, y, tallest] = [0, y + tallest, 0];
    const gridPos = { x, y, w: width, h: height };
    [x, tallest] = [x + width, Math.max(tallest, height)];
    return {
      ...{ id: place + 1, title: panel.title, type: panel.type, description: panel.description },
      ...{ datasource: SOURCE, gridPos },
      fieldConfig: {
        defaults: {
          unit: panel.unit,
          ...(panel.thresholds === undefined ? {} : { thresholds: { mode: "absolute", steps: panel.thresholds } }),
        },
        overrides: [],
      },
      targets: panel.queries.map(({ expr, legend }, nth) => ({
        ...{ refId: String.fromCharCode(65 + nth), expr, legendFormat: legend, datasource: SOURCE },
        ...(panel.type === "timeseries" ? {} : { instant: true }),
        ...(panel.type === "table" ? { format: "table" } : {}),
      })),
    };
  });
}

const variable = (name: string, query: string, label: string) => ({
  ...{ name, label, type: "query", datasource: SOURCE, refresh: 2, sort: 1 },
  query: { query, refId: name },
});

/** A dashboard for Grafana over the series that the rules record and the product tells, for every edition. */
export const dashboard = () => ({
  ...{ uid: "conductor-slo", title: "Conductor SLO view", tags: ["conductor", "slo"], schemaVersion: 39 },
  ...{ editable: true, time: { from: "now-7d", to: "now" }, refresh: "1m", timezone: "browser" },
  templating: {
    list: [
      { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
      variable("service", "label_values(sloth_slo_info, sloth_service)", "Service"),
      variable("slo", 'label_values(sloth_slo_info{sloth_service="${service}"}, sloth_slo)', "Objective"),
      { ...variable("edition", `label_values(${EVENTS}, edition)`, "Edition"), includeAll: true },
    ],
  },
  annotations: {
    list: [
      {
        ...{ name: "Alerts", datasource: SOURCE, enable: true, iconColor: "red" },
        ...{
          expr: `ALERTS{alertstate="firing",sloth_service="\${service}",sloth_slo="\${slo}"}`,
          titleFormat: "{{alertname}}",
        },
      },
    ],
  },
  panels: placed(PANELS),
});
