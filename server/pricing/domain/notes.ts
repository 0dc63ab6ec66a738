import type { Capacity } from "./capacity";
import type { Guardrails } from "./guardrails";
import { RISK_HIGHEST, type MonteCarlo, riskGuardrail } from "./monte-carlo";
import type { Quote } from "./quote";
import type { TornadoRow } from "./tornado";

interface Facts {
  quote: Quote;
  tornado: readonly TornadoRow[];
  monteCarlo: MonteCarlo;
  guardrails: Guardrails;
  capacity: Capacity;
}

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const percent = (bp: number) => `${(bp / 100).toFixed(2)} %`;
const points = (number: number) => `${number > 0 ? "+" : ""}${number.toFixed(2)}`;

const spread = ([, less, more]: TornadoRow) => Math.abs(more - less);

function accountNote({ quote, monteCarlo }: Facts): string {
  const margin = `The margin is ${percent(quote.gmBp)}, with a floor of ${monteCarlo.floor} %`;
  return quote.guardrail === "ok"
    ? `${margin}. At most ${percent(quote.maxDiscountBp)} may be let off.`
    : `${margin}: it is blocked as it stands.`;
}

function riskNote({ monteCarlo }: Facts): string {
  const often = `In ${(monteCarlo.probBelowFloor * 100).toFixed(2)} % of ${monteCarlo.draws} draws the margin falls below the floor`;
  return riskGuardrail(monteCarlo) === "ok"
    ? `${often}, which is within the ${RISK_HIGHEST * 100} % that are accepted.`
    : `${often}, more than the ${RISK_HIGHEST * 100} % that are accepted. What does it is evidence that turns out larger: ` +
        "charge retention by the GB month, or agree on a bound per weighted task.";
}

function discountNotes({ guardrails, quote }: Facts): string[] {
  if (guardrails.discount === "blocked")
    return [`The discount is blocked: ${percent(quote.maxDiscountBp)} is the most that leaves the floor.`];
  return guardrails.discount === "approval"
    ? ["The discount is half of what is possible or more: it needs approval."]
    : [];
}

function tierNotes({ guardrails }: Facts): string[] {
  return guardrails.tiers.flatMap(({ upToWu, priceCents, leastCents, guardrail }) =>
    guardrail === "ok"
      ? []
      : [
          `1,000 further weighted tasks ${upToWu === null ? "in the last tier" : `up to ${upToWu}`} cost ${dollars(priceCents)}, ` +
            `and would have to cost ${dollars(leastCents)} to leave the floor.`,
        ],
  );
}

function driverNotes({ tornado }: Facts): string[] {
  const [first, second, third] = tornado.filter((row) => spread(row) > 0);
  const said = (row: TornadoRow | undefined) =>
    row === undefined ? [] : [`${row[0]} (${points(row[1])} and ${points(row[2])} points)`];
  const compute = tornado.findIndex(([name]) => name === "compute unit cost");
  const weight = tornado.find(([name]) => name === "complexity weight");
  return [
    `A fifth less and a fifth more of it moves the margin most: ${[first, second, third].flatMap(said).join(", ")}.`,
    ...(compute > 2 ? [`The unit cost of compute comes only ${compute + 1}th: it is not what to look at first.`] : []),
    ...(weight !== undefined && spread(weight) < 1
      ? ["The weight of tasks is metered, so it moves the profit and hardly the margin."]
      : []),
  ];
}

function capacityNote({ capacity }: Facts): string {
  return (
    `Compute comes to ${dollars(capacity.assumed)} with ${capacity.reservedMilli / 10} % of capacity reserved; ` +
    `${dollars(capacity.allOnDemand)} with none, ${dollars(capacity.allReserved)} with all of it, if it is as well used.`
  );
}

/** What a quote's sensitivity says, in words, the gravest first. */
export const sensitivityNotes = (facts: Facts): string[] => [
  ...[accountNote(facts), ...discountNotes(facts), ...tierNotes(facts), riskNote(facts)],
  ...[...driverNotes(facts), capacityNote(facts)],
];
