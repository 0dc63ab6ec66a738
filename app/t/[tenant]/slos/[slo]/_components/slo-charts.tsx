import { burnDownOption, burnRateOption } from "@/app/_charts/burn-charts";
import { drawChart } from "@/app/_charts/draw";
import { ChartFigure } from "@/app/_charts/figure";
import { PAGE_PALETTE } from "@/app/_charts/palette";
import { Empty, Panel } from "@/app/_shared/page";
import { inZone } from "@/app/_shared/zone";
import { burnText, percentText } from "../../_components/slo-words";
import type { BurnSeries } from "./burn-series";
import classes from "./slo-detail.module.css";

interface Props {
  series: BurnSeries;
  /** What the range is called, such as `the last 7 days`. */
  over: string;
  zone: string;
}

const shown = (left: number | null) => (left === null ? "not counted" : percentText(left, 1));

function saysOf({ left, marks }: BurnSeries, over: string): string {
  const known = left.flatMap((point) => (point.left === null ? [] : [point.left]));
  const [first, last] = [known[0] ?? null, known.at(-1) ?? null];
  return `Error budget left over ${over}: from ${shown(first)} to ${shown(last)}, at the lowest ${shown(known.length === 0 ? null : Math.min(...known))}. ${marks.length} alerts came on.`;
}

function highestOf({ rates }: BurnSeries, over: string): string {
  const known = rates.flatMap(({ burnRate }) => burnRate ?? []);
  const most = known.length === 0 ? null : Math.max(...known);
  return `Burn rate over ${over}: at most ${burnText(most)}; above 1 in ${known.filter((rate) => rate > 1).length} of ${known.length} parts with events.`;
}

/** What is left of the budget over a range, and how fast it burned, drawn and as numbers. */
export function SloCharts({ series, over, zone }: Props) {
  const { left, rates, range, marks } = series;
  const frame = { zone, palette: PAGE_PALETTE, marks, range };
  if (left.every((point) => point.left === null))
    return (
      <Panel>
        <Empty title={`Nothing was counted in ${over}`}>
          Charts begin with the first event, at the close of its minute. A longer range may have some.
        </Empty>
      </Panel>
    );
  const moment = (at: number) => inZone(new Date(at).toISOString(), zone);
  return (
    <div className={classes.charts}>
      <Panel title="Budget left">
        <ChartFigure
          svg={drawChart(burnDownOption(left, frame))}
          says={saysOf(series, over)}
          caption={`Error budget left, in percent, over ${over}. Times in ${zone}.`}
          head={["Until", "Left"]}
          rows={left
            .toReversed()
            .map((point) => ({ key: String(point.at), cells: [moment(point.at), shown(point.left)] }))}
        />
      </Panel>
      <Panel title="Burn rate">
        <ChartFigure
          svg={drawChart(burnRateOption(rates, frame))}
          says={highestOf(series, over)}
          caption={`How many times faster than evenly the budget was spent, over ${over}. Times in ${zone}.`}
          head={["Until", "Bad", "All", "Burn rate"]}
          rows={rates.toReversed().map(({ at, good, total, burnRate }) => ({
            ...{ key: String(at), cells: [moment(at), total - good, total, burnText(burnRate)] },
          }))}
        />
      </Panel>
    </div>
  );
}
