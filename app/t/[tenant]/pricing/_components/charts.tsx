import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "@/app/_shared/pricing/pricing.module.css";
import type { Sensitivity } from "./shown";

const WIDTH = 400;
const HEIGHT = 12;
const signed = (number: number) => `${number > 0 ? "+" : ""}${number.toFixed(2)}`;

/** One driver's two bars around the middle; `most` is the longest there is. */
function Bars({ less, more, most }: { less: number; more: number; most: number }) {
  const middle = WIDTH / 2;
  const long = (value: number) => (Math.abs(value) / most) * middle;
  const from = (value: number) => (value < 0 ? middle - long(value) : middle);
  return (
    <svg className={classes.bars} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className={classes.less} x={from(less)} y={0} width={long(less)} height={5} />
      <rect className={classes.more} x={from(more)} y={6} width={long(more)} height={5} />
      <line className={classes.axis} x1={middle} x2={middle} y1={0} y2={HEIGHT} />
    </svg>
  );
}

/** What a fifth less (above) and a fifth more (below) of each thing does, as bars with their numbers beside them. */
export function Tornado({ rows, of }: { rows: Sensitivity["tornado"]; of: "margin" | "profit" }) {
  const pairs = rows.map(([name, gmLess, gmMore, gpLess, gpMore]) =>
    of === "margin" ? ([name, gmLess, gmMore] as const) : ([name, gpLess, gpMore] as const),
  );
  const most = Math.max(0.01, ...pairs.flatMap(([, less, more]) => [Math.abs(less), Math.abs(more)]));
  const unit = of === "margin" ? "points" : "$";
  return (
    <LinesTable
      label={of === "margin" ? "Gross margin" : "Gross profit"}
      heads={["A fifth less above, more below", `−20 %, ${unit}`, `+20 %, ${unit}`]}
      lines={pairs.map(([name, less, more]) => ({
        name,
        cells: [<Bars key="bars" less={less} more={more} most={most} />, signed(less), signed(more)],
      }))}
    />
  );
}

/** The margin as chance has it: nine draws in ten lie within the bar; the line is the floor. Numbers stand below it. */
export function Chance({ draws }: { draws: Sensitivity["monteCarlo"] }) {
  const { gmP5, gmP50, gmP95, floor } = draws;
  const least = Math.min(gmP5, floor) - 2;
  const at = (value: number) => ((value - least) / (Math.max(gmP95, floor) + 2 - least)) * WIDTH;
  return (
    <figure style={{ margin: 0 }}>
      <svg className={classes.bars} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes.range} x={at(gmP5)} y={2} width={Math.max(1, at(gmP95) - at(gmP5))} height={8} />
        <line className={classes.axis} x1={at(gmP50)} x2={at(gmP50)} y1={0} y2={HEIGHT} strokeWidth={2} />
        <line className={classes.floor} x1={at(floor)} x2={at(floor)} y1={0} y2={HEIGHT} strokeWidth={2} />
      </svg>
      <figcaption className={classes.small}>
        Margin in {draws.draws.toLocaleString("en-GB")} draws (seed {draws.seed}): 5 % below {gmP5} %, half below{" "}
        {gmP50} %, 95 % below {gmP95} %; the floor is {floor} %. Profit likewise: ${draws.gpP5}, ${draws.gpP50}, $
        {draws.gpP95}. Each assumption is drawn by itself; that they may move together is ignored.
      </figcaption>
    </figure>
  );
}
