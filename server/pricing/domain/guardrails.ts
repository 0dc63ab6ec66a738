import type { CostTerm } from "./cost-terms";
import { halfUp, nanoOfCents, NANO_PER_CENT } from "./money";
import { type Model, type Quote, quoteDrifted, termsOf } from "./quote";
import type { Usage } from "./usage";

/** What a mean run of a tenant looks like, where there is none to look at. */
const REFERENCE = { tasksPerRun: 10, weightMilli: 1_000 } as const;

/** Whether further use at a tier's rate leaves the margin that must be left. */
export interface TierMargin {
  /** The last weighted task of the tier; null for the last tier. */
  upToWu: number | null;
  /** Of 1,000 further weighted tasks, in cents. */
  priceCents: number;
  costCents: number;
  /** The least price that leaves the floor. */
  leastCents: number;
  guardrail: "ok" | "blocked";
}

export interface Guardrails {
  /** The margin of the account, as in its quote. */
  account: Quote["guardrail"];
  tiers: TierMargin[];
  /** The margin of a tenant who uses all that is included and buys nothing else. */
  allowance: { gmBp: number; guardrail: Quote["guardrail"] };
  /** Half of what may be let off needs somebody's approval, and more than all of it is blocked. */
  discount: "none" | "ok" | "approval" | "blocked";
}

/**
 * What one more weighted task costs, as a fraction of nano-USD, in the shape that this tenant's runs have. Add-ons are left
 * out: they have prices of their own.
 */
export function marginalCost(model: Model, usage: Usage): { nano: bigint; divisor: bigint } {
  const isShaped = usage.tasksPerRun > 0 && usage.weightMilli > 0;
  const { tasksPerRun, weightMilli } = isShaped ? usage : REFERENCE;
  const perWu = (term: CostTerm) => {
    if (term.per === "wu") return term;
    const perTask = { nano: term.nano * 1_000n, divisor: term.divisor * BigInt(weightMilli) };
    return term.per === "task" ? perTask : { ...perTask, divisor: perTask.divisor * BigInt(tasksPerRun) };
  };
  return termsOf(model, usage)
    .filter(({ line, per }) => per !== "month" && line !== "addons")
    .map(perWu)
    .reduce(
      (sum, { nano, divisor }) => ({ nano: sum.nano * divisor + nano * sum.divisor, divisor: sum.divisor * divisor }),
      { nano: 0n, divisor: 1n },
    );
}

function tierMargins(model: Model, usage: Usage): TierMargin[] {
  const { nano, divisor } = marginalCost(model, usage);
  const kept = 1_000n - model.planCosts[usage.plan].floorMilli - model.costs.feeMilli.value;
  const cents = (dividend: bigint, of: bigint) => Number(halfUp(dividend * 1_000n, of * NANO_PER_CENT));
  return model.prices[usage.plan].tiers.flatMap(({ upToWu, centsPerWu }) => {
    const price = nanoOfCents(centsPerWu);
    // What is included is paid by the base, and looked at by itself.
    if (price === 0n) return [];
    const isOk = price * kept * divisor >= nano * 1_000n;
    return [
      {
        ...{ upToWu, priceCents: cents(price, 1n), costCents: cents(nano, divisor) },
        ...{
          leastCents: cents(nano * 1_000n, divisor * kept),
          guardrail: isOk ? ("ok" as const) : ("blocked" as const),
        },
      },
    ];
  });
}

/** A month in which all that is included is used, by tasks of the reference weight, ten to a run. */
function allowanceUsage(model: Model, { plan }: Usage): Usage {
  const { tiers, seatsIncluded } = model.prices[plan];
  const runs = Math.floor((tiers[0]?.upToWu ?? 0) / REFERENCE.tasksPerRun);
  return { plan, runs, ...REFERENCE, seats: seatsIncluded, addons: [], discountMilli: 0 };
}

function discountGuardrail({ discountMilli }: Usage, { maxDiscountBp }: Quote): Guardrails["discount"] {
  if (discountMilli === 0) return "none";
  const discountBp = discountMilli * 10;
  if (discountBp > maxDiscountBp) return "blocked";
  return discountBp * 2 >= maxDiscountBp ? "approval" : "ok";
}

/** Everything about a month that keeps prices above costs by the margin that each plan must leave. */
export function guardrailsOf(model: Model, usage: Usage): Guardrails {
  const quote = quoteDrifted(model, usage);
  const allowance = quoteDrifted(model, allowanceUsage(model, usage));
  return {
    ...{ account: quote.guardrail, tiers: tierMargins(model, usage) },
    allowance: { gmBp: allowance.gmBp, guardrail: allowance.guardrail },
    discount: discountGuardrail(usage, quote),
  };
}
