import { budgetLeft, burnRate } from "@/server/slos/domain/burn";
import { type Counts, NONE } from "@/server/slos/domain/counts";
import { PPM, type SloSpec } from "@/server/slos/domain/slo";

/** An objective with what it counted, as a capture keeps it. */
export interface CapturedObjective {
  spec: SloSpec;
  period: Counts;
  /** By the hour, in UTC. */
  hours: readonly ({ hour: Date } & Counts)[];
  alerts: readonly { openedAt: Date; severity: "page" | "ticket" }[];
}

/** Where a capture comes from, in words that stand in the picture too. */
export interface CaptureSource {
  url: string;
  query: string;
  capturedAt: Date;
  /** SHA-256 of the file of data that it is drawn from. */
  dataDigest: string;
}

const DAY_MS = 86_400_000;
const HEAD = 104;
const PANEL = 170;
const WIDTH = 960;

// Of the light theme (app/_shared/global.css): a file stands alone.
const COLOURS = {
  ...{ text: "#1a2127", muted: "#53606a", line: "#dde2e6", axis: "#c3cbd1", surface: "#ffffff" },
  ...{ main: "#0f6f63", warn: "#7a4d00", bad: "#a1241c" },
} as const;

/** In percent, with as many decimals as an objective has at most. */
const percent = (part: number) => `${Number((part * 100).toFixed(4))} %`;

function words({ spec, period }: CapturedObjective): string {
  const left = budgetLeft(period, spec);
  const now = period.total === 0 ? "nothing counted" : `${percent(period.good / period.total)} now`;
  const share = left === null ? null : Number((Math.abs(left) * 100).toFixed(1));
  const rest =
    left === null ? "" : left < 0 ? `, overspent by ${share} % of the budget` : `, ${share} % of the budget left`;
  return `${spec.title}: ${percent(spec.targetPpm / PPM)} promised, ${now}${rest}`;
}

/** How fast the budget burned on each day, in UTC; null where nothing was counted. */
export function burnByDay({ spec, hours }: Pick<CapturedObjective, "spec" | "hours">, from: Date, to: Date) {
  const days = new Map<number, Counts>();
  for (const { hour, good, total } of hours) {
    const day = Math.floor(hour.getTime() / DAY_MS);
    const before = days.get(day) ?? { good: 0, total: 0 };
    days.set(day, { good: before.good + good, total: before.total + total });
  }
  const [first, last] = [Math.floor(from.getTime() / DAY_MS), Math.floor(to.getTime() / DAY_MS)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const rate = burnRate(days.get(first + at) ?? NONE, spec);
    return { day: (first + at) * DAY_MS, burnRate: rate === null ? null : Math.round(rate * 1_000) / 1_000 };
  });
}

const HEAD_TEXT = { fontSize: 12, fontWeight: "normal", color: COLOURS.muted } as const;

function panel(objective: CapturedObjective, at: number, from: Date, to: Date) {
  const top = HEAD + at * PANEL;
  const label = { fontSize: 11, color: COLOURS.muted };
  return {
    title: { text: words(objective), left: 16, top, textStyle: { ...HEAD_TEXT, fontSize: 13, color: COLOURS.text } },
    grid: { left: 64, right: 24, top: top + 44, height: PANEL - 84 },
    xAxis: {
      ...{ type: "time", gridIndex: at, min: from.getTime(), max: to.getTime(), splitNumber: 7 },
      axisLabel: { ...label, hideOverlap: true, formatter: "{d} {MMM}" },
      axisLine: { lineStyle: { color: COLOURS.axis } },
      axisTick: { lineStyle: { color: COLOURS.axis } },
      splitLine: { show: false },
    },
    yAxis: {
      ...{ type: "value", gridIndex: at, min: 0, splitNumber: 2 },
      // An evenly spent budget is always within sight.
      max: ({ max }: { max: number }) => Math.max(1, max),
      axisLabel: { ...label, formatter: (value: number) => `${value}x` },
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    series: {
      ...{ type: "bar", xAxisIndex: at, yAxisIndex: at, silent: true, barWidth: 18 },
      data: burnByDay(objective, from, to).map(({ day, burnRate }) => ({
        value: [Math.max(day + DAY_MS / 2, from.getTime()), burnRate],
        itemStyle: { color: (burnRate ?? 0) > 1 ? COLOURS.bad : COLOURS.main },
      })),
      markLine: {
        ...{ silent: true, symbol: "none", animation: false, label },
        data: [
          {
            yAxis: 1,
            lineStyle: { color: COLOURS.muted, type: "dashed" },
            label: { formatter: "1x", position: "end" },
          },
          ...objective.alerts.map(({ openedAt, severity }) => ({
            ...{ xAxis: openedAt.getTime(), label: { formatter: severity, position: "end" } },
            lineStyle: { color: severity === "page" ? COLOURS.bad : COLOURS.warn, type: "solid" },
          })),
        ],
      },
    },
  };
}

/** So many alerts of an objective are drawn, the newest: more would hide each other. All of them are in the data. */
const ALERTS_MAX = 12;

/** A capture of every objective as one chart, with its size; in UTC, and pure, so that the same facts are the same picture. */
export function captureOption(
  objectives: readonly CapturedObjective[],
  { url, query, capturedAt, dataDigest }: CaptureSource,
  { from, to, font }: { from: Date; to: Date; font: string },
) {
  const panels = objectives.map((objective, at) =>
    panel({ ...objective, alerts: objective.alerts.slice(-ALERTS_MAX) }, at, from, to),
  );
  const head = [
    { text: "Objectives", top: 12, textStyle: { ...HEAD_TEXT, fontSize: 18, color: COLOURS.text } },
    { text: `${url} at ${capturedAt.toISOString()}`, top: 40, textStyle: HEAD_TEXT },
    { text: `How fast each budget burned by day (UTC); 1x spends it just by the end of its period. ${query}`, top: 58 },
    { text: `Drawn from data with the SHA-256 ${dataDigest}`, top: 76 },
  ].map((line) => ({ left: 16, textStyle: HEAD_TEXT, ...line }));
  return {
    size: { width: WIDTH, height: HEAD + panels.length * PANEL },
    option: {
      ...{ useUTC: true, backgroundColor: COLOURS.surface, textStyle: { fontFamily: font } },
      title: [...head, ...panels.map(({ title }) => title)].map(({ textStyle, ...title }) => ({
        ...title,
        ...{ padding: 0, textStyle: { ...textStyle, fontFamily: font } },
      })),
      grid: panels.map(({ grid }) => grid),
      xAxis: panels.map(({ xAxis }) => xAxis),
      yAxis: panels.map(({ yAxis }) => yAxis),
      series: panels.map(({ series }) => series),
    },
  };
}
