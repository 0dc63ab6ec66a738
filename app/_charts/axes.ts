import type { Palette } from "./palette";

/** Something that happened at a moment, drawn as a line through the chart. */
export interface Mark {
  /** Milliseconds. */
  at: number;
  severity: "page" | "ticket";
}

/** Where clocks of a zone stand at a moment, as if it were UTC: an axis then tells the reader's own time. */
export function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

const FONT = { fontSize: 12, fontFamily: "inherit" } as const;

/** Time along the bottom. */
export const timeAxis = ({ text, axis }: Palette, [min, max]: readonly [number, number]) => ({
  ...{ type: "time", min, max, splitNumber: 4 },
  axisLabel: {
    ...FONT,
    color: text,
    hideOverlap: true,
    formatter: { day: "{d} {MMM}", month: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}" },
  },
  axisLine: { lineStyle: { color: axis } },
  axisTick: { lineStyle: { color: axis } },
  splitLine: { show: false },
});

/** Numbers along the side. */
export const numberAxis = ({ text, line }: Palette, formatter: (value: number) => string) => ({
  ...{ type: "value", splitNumber: 4 },
  axisLabel: { ...FONT, color: text, formatter },
  splitLine: { lineStyle: { color: line } },
});

/** Lines across at numbers, and through at moments; each says what it is. */
export const markLines = (
  { bad, warn, text }: Palette,
  levels: readonly { y: number; name: string }[],
  marks: readonly { x: number; severity: Mark["severity"] }[],
) => ({
  ...{ silent: true, symbol: "none", animation: false },
  label: { ...FONT, fontSize: 11 },
  data: [
    ...levels.map(({ y, name }) => ({
      ...{ yAxis: y, lineStyle: { color: text, type: "dashed", width: 1 } },
      label: { formatter: name, color: text, position: "insideEndTop" },
    })),
    ...marks.map(({ x, severity }) => ({
      ...{ xAxis: x, lineStyle: { color: severity === "page" ? bad : warn, type: "solid", width: 1 } },
      label: { formatter: severity, color: severity === "page" ? bad : warn, position: "end" },
    })),
  ],
});

export const GRID = { left: 52, right: 16, top: 20, bottom: 28 } as const;
