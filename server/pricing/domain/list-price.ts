import { centsOf, nanoOfCents, NANO_PER_CENT } from "./money";
import { type Plan, PLANS, type PricedAddOn, quantitiesOf, type Usage } from "./usage";

/** What a plan costs a month, as its catalogue says. */
export interface PlanPrices {
  baseCents: number;
  seatsIncluded: number;
  seatCents: number;
  /** Graduated, sorted and closed: the last one has no end. Cents per weighted task as decimal texts. */
  tiers: readonly { upToWu: number | null; centsPerWu: string }[];
  /** Weighted tasks of a month beyond which a larger plan is required. */
  wuCap: number | null;
  /** 0 for an add-on that the plan includes. */
  addOnCents: { incident: number; compliance: number };
  retentionMonths: number;
  /** In place of the plan's own months where the compliance add-on is on. */
  complianceRetentionMonths: number;
}
export type PriceBook = Readonly<Record<Plan, PlanPrices>>;

/** The lines of a bill, in cents. */
export type Bill = Record<"base" | "seats" | "usage" | PricedAddOn, number>;

/** What so many weighted tasks cost, in nano-USD: each tier prices what falls into it. Never less for more. */
export function graduatedNano(tiers: PlanPrices["tiers"], wu: bigint): bigint {
  let [from, nano] = [0n, 0n];
  for (const { upToWu, centsPerWu } of tiers) {
    const end = upToWu === null || BigInt(upToWu) > wu ? wu : BigInt(upToWu);
    if (end > from) nano += (end - from) * nanoOfCents(centsPerWu);
    if (end === wu) return nano;
    from = end;
  }
  return nano;
}

/** The bill of a month. `overageMilli` scales the rates beyond what is included. */
export function billOf(prices: PlanPrices, usage: Usage, overageMilli = 1_000n): Bill {
  const further = Math.max(0, usage.seats - prices.seatsIncluded);
  const addOn = (name: PricedAddOn) => (usage.addons.includes(name) ? prices.addOnCents[name] : 0);
  return {
    base: prices.baseCents,
    seats: further * prices.seatCents,
    usage: centsOf(graduatedNano(prices.tiers, quantitiesOf(usage).wu) * overageMilli, 1_000n),
    ...{ incident: addOn("incident"), compliance: addOn("compliance") },
  };
}

/** What the lines of a bill come to, in cents. */
export const totalOf = ({ base, seats, usage, incident, compliance }: Bill): number =>
  base + seats + usage + incident + compliance;

/** What a bill depends on besides the weighted tasks. */
type Fixed = Pick<Usage, "seats" | "addons">;

function fixedNano(prices: PlanPrices, { seats, addons }: Fixed): bigint {
  const none = { plan: "standard", runs: 0, tasksPerRun: 0, weightMilli: 0, discountMilli: 0 } as const;
  return BigInt(totalOf(billOf(prices, { ...none, seats, addons }))) * NANO_PER_CENT;
}

/** A bill before it is rounded, in nano-USD. */
const billNano = (prices: PlanPrices, wu: bigint, fixed: Fixed): bigint =>
  fixedNano(prices, fixed) + graduatedNano(prices.tiers, wu);

/**
 * The fewest weighted tasks a month from which one plan costs at least as much as another, with the same seats and add-ons;
 * null where it never does below its own cap.
 */
export function crossoverWu(from: PlanPrices, to: PlanPrices, fixed: Fixed): number | null {
  const gap = (wu: bigint) => billNano(from, wu, fixed) - billNano(to, wu, fixed);
  const ends = [...from.tiers, ...to.tiers].flatMap(({ upToWu }) => upToWu ?? []);
  // Between two ends of tiers the gap is a straight line; far beyond the last one it goes on as it does there.
  const edges = [...new Set([0, ...ends, Math.max(...ends) * 1_000])].sort((a, b) => a - b).map(BigInt);
  for (const [nth, edge] of edges.entries()) {
    if (gap(edge) < 0n) continue;
    const before = edges[nth - 1];
    if (before === undefined) return Number(edge);
    const slope = (gap(edge) - gap(before)) / (edge - before);
    const wu = Number(before + (-gap(before) + slope - 1n) / slope);
    return from.wuCap !== null && wu > from.wuCap ? null : wu;
  }
  return null;
}

/** Where the next larger plan costs as little, with the same seats and add-ons. */
export interface Crossover {
  from: Plan;
  to: Plan;
  /** Weighted tasks a month; null where it never does below the smaller plan's cap. */
  wu: number | null;
}

/** For each plan and the next larger one, from how many weighted tasks a month on the larger one costs no more. */
export const crossoversOf = (prices: PriceBook, fixed: Fixed): Crossover[] =>
  PLANS.slice(1).flatMap((to, nth) => {
    const from = PLANS[nth];
    return from === undefined ? [] : [{ from, to, wu: crossoverWu(prices[from], prices[to], fixed) }];
  });
