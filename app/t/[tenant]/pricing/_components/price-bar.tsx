import { dollars, percent } from "@/app/_shared/pricing/dollars";
import classes from "@/app/_shared/pricing/pricing.module.css";
import { COST_WORDS } from "./month-lines";
import type { Month } from "./shown";

const WIDTH = 1_000;
const HEIGHT = 24;
/** Each cost is fainter than the one before, so that neighbours can be told apart. */
const faded = (nth: number) => Math.max(0.25, 1 - nth * 0.1);

/** Where the net price goes: profit, and each cost from the largest on. The numbers stand below it. */
export function PriceBar({ month: { quote } }: { month: Month }) {
  if (!("gp" in quote) || quote.net === 0) return null;
  const costs = Object.entries(COST_WORDS)
    .map(([line, name]) => ({ name, cents: quote.cogs[line as keyof typeof COST_WORDS] }))
    .filter(({ cents }) => cents > 0)
    .sort((one, other) => other.cents - one.cents);
  // What costs more than it brings has no profit to show, and fills the bar with costs.
  const profit = { name: "Gross profit", cents: Math.max(0, quote.gp) };
  const parts = [profit, ...costs];
  const all = Math.max(quote.net, quote.total);
  const before = (nth: number) => parts.slice(0, nth).reduce((sum, { cents }) => sum + cents, 0);
  return (
    <figure className={classes.goes}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, cents }, nth) => (
          <rect
            key={name}
            className={nth === 0 ? classes.more : classes.less}
            fillOpacity={nth === 0 ? 1 : faded(nth - 1)}
            {...{ x: (before(nth) / all) * WIDTH, y: 0, width: (cents / all) * WIDTH, height: HEIGHT }}
          >
            <title>{`${name}: ${dollars(cents)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption className={classes.legend}>
        {parts.map(({ name, cents }, nth) => (
          <span key={name}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect
                className={nth === 0 ? classes.more : classes.less}
                fillOpacity={nth === 0 ? 1 : faded(nth - 1)}
                {...{ width: 10, height: 10 }}
              />
            </svg>
            {`${name} ${dollars(cents)} (${percent(Math.floor((cents / all) * 10_000))})`}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
