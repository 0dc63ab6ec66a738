import { GRID, type Mark, markLines, numberAxis, timeAxis, wallClock } from "./axes";
import type { Palette } from "./palette";

interface Frame {
  zone: string;
  palette: Palette;
  marks: readonly Mark[];
  /** From and to, in milliseconds. */
  range: readonly [number, number];
}

/** So many marks are told apart; of more, the newest. */
const MOST_MARKS = 6;

/** Of those at one moment the most urgent, as their words would lie upon each other. */
const apart = (marks: readonly Mark[]): Mark[] => {
  const first = new Map<number, Mark>();
  for (const mark of marks) if (first.get(mark.at)?.severity !== "page") first.set(mark.at, mark);
  return [...first.values()].slice(0, MOST_MARKS);
};

const framed = ({ zone, palette, marks, range }: Frame) => ({
  grid: GRID,
  backgroundColor: palette.surface,
  useUTC: true,
  xAxis: timeAxis(palette, [wallClock(range[0], zone), wallClock(range[1], zone)]),
  marked: apart(marks).map(({ at, severity }) => ({ x: wallClock(at, zone), severity })),
});

const still = { silent: true, emphasis: { disabled: true } } as const;

/** What is left of a budget over time, in percent; a gap where nothing was counted. */
export function burnDownOption(points: readonly { at: number; left: number | null }[], frame: Frame) {
  const { marked, ...rest } = framed(frame);
  const { palette, zone } = frame;
  const lowest = Math.min(0, ...points.map(({ left }) => left ?? 0));
  return {
    ...rest,
    yAxis: {
      ...numberAxis(palette, (value) => `${value} %`),
      max: 100,
      ...(lowest < 0 ? {} : { min: 0, interval: 25 }),
    },
    series: [
      {
        ...{ ...still, type: "line", symbol: "none", connectNulls: false },
        lineStyle: { color: palette.main, width: 2 },
        areaStyle: { color: palette.soft, origin: "start" },
        data: points.map(({ at, left }) => [
          wallClock(at, zone),
          left === null ? null : Math.round(left * 10_000) / 100,
        ]),
        markLine: markLines(palette, lowest < 0 ? [{ y: 0, name: "spent" }] : [], marked),
      },
    ],
  };
}

/** How fast a budget burned in each part of a range; 1 spends it just by its period's end. */
export function burnRateOption(points: readonly { at: number; burnRate: number | null }[], frame: Frame) {
  const { marked, ...rest } = framed(frame);
  const { palette, zone } = frame;
  return {
    ...rest,
    yAxis: { ...numberAxis(palette, (value) => `${value}×`), min: 0 },
    series: [
      {
        ...{ ...still, type: "bar", barCategoryGap: "20%" },
        data: points.map(({ at, burnRate }) => ({
          value: [wallClock(at, zone), burnRate === null ? null : Math.round(burnRate * 1_000) / 1_000],
          itemStyle: { color: (burnRate ?? 0) > 1 ? palette.bad : palette.main },
        })),
        markLine: markLines(palette, [{ y: 1, name: "1×" }], marked),
      },
    ],
  };
}
