import { COST_LINES, type CostLine, type CostTerm, costTerms, retentionOf } from "./cost-terms";
import { type Bill, billOf, type PriceBook, totalOf } from "./list-price";
import { basisPoints, centsOf, floorDiv, halfUp } from "./money";
import { type PlanCosts, PLAN_COSTS, UNIT_COSTS, type UnitCosts } from "./unit-costs";
import { type Plan, quantitiesOf, type Usage } from "./usage";

/** Prices and costs that a quote is made from. */
export interface Model {
  prices: PriceBook;
  costs: UnitCosts;
  planCosts: Readonly<Record<Plan, PlanCosts>>;
}

/** The model with the costs as they are assumed now. */
export const modelOf = (prices: PriceBook): Model => ({ prices, costs: UNIT_COSTS, planCosts: PLAN_COSTS });

/** Thousandths of what the catalogue says: of every price, of the rates beyond what is included. */
export interface PriceDrift {
  price?: bigint;
  overage?: bigint;
}

export type Cogs = Record<CostLine | "payment", number>;

/** What a month comes to. Money in cents, each line rounded once, halves up; shares in basis points, rounded down. */
export interface Quote {
  tasks: number;
  wu: number;
  price: Bill;
  list: number;
  disc: number;
  net: number;
  cogs: Cogs;
  total: number;
  gp: number;
  gmBp: number;
  /** Of the list price, before the margin falls below the plan's floor. Below zero where it is below at list price. */
  maxDiscountBp: number;
  guardrail: "ok" | "blocked";
}

/** What is answered of a month that the plan does not carry. */
export interface UpgradeRequired {
  tasks: number;
  wu: number;
  guardrail: "upgrade_required";
}

/** A line's parts over their common divisor, in cents. */
function lineCents(terms: readonly CostTerm[], counts: Readonly<Record<CostTerm["per"], bigint>>): number {
  const divisor = terms.reduce((all, term) => all * term.divisor, 1n);
  return centsOf(
    terms.reduce((all, term) => all + term.nano * counts[term.per] * (divisor / term.divisor), 0n),
    divisor,
  );
}

/** The terms of a month of this tenant. */
export const termsOf = (model: Model, usage: Usage): CostTerm[] =>
  costTerms(model.costs, model.planCosts[usage.plan], retentionOf(model.prices[usage.plan], usage), usage);

/** What terms come to by line, in cents. */
export function costLines(terms: readonly CostTerm[], usage: Usage): Record<CostLine, number> {
  const { runs, tasks, wu } = quantitiesOf(usage);
  const counts = { run: runs, task: tasks, wu, month: 1n };
  const lines = COST_LINES.map((line) => [
    line,
    lineCents(
      terms.filter((term) => term.line === line),
      counts,
    ),
  ]);
  return Object.fromEntries(lines) as Record<CostLine, number>;
}

function cogsOf(model: Model, usage: Usage, net: number): Cogs {
  const { feeMilli, feeCents } = model.costs;
  const payment = Number(halfUp(BigInt(net) * feeMilli.value + feeCents.value * 1_000n, 1_000n));
  return { ...costLines(termsOf(model, usage), usage), payment };
}

/** What share of the list price may be let off, in basis points: what is left must carry the costs and the floor. */
function maxDiscountBp(model: Model, plan: Plan, list: number, withoutFee: number): number {
  const { feeMilli, feeCents } = model.costs;
  const kept = 1_000n - model.planCosts[plan].floorMilli - feeMilli.value;
  const whole = BigInt(list) * kept;
  const least = (BigInt(withoutFee) + feeCents.value) * 1_000n;
  return whole === 0n ? 0 : Number(floorDiv((whole - least) * 10_000n, whole));
}

/** A month's quote whatever its plan carries, at prices that may be others: what sensitivity is made of. */
export function quoteDrifted(model: Model, usage: Usage, drift: PriceDrift = {}): Quote {
  const { tasks, wu } = quantitiesOf(usage);
  const price = billOf(model.prices[usage.plan], usage, drift.overage);
  const list = Number(halfUp(BigInt(totalOf(price)) * (drift.price ?? 1_000n), 1_000n));
  const disc = Number(halfUp(BigInt(list) * BigInt(usage.discountMilli), 1_000n));
  const net = list - disc;
  const cogs = cogsOf(model, usage, net);
  const total = Object.values(cogs).reduce((all, cents) => all + cents, 0);
  const gp = net - total;
  const isOk = BigInt(gp) * 1_000n >= BigInt(net) * model.planCosts[usage.plan].floorMilli;
  return {
    ...{ tasks: Number(tasks), wu: Number(wu), price, list, disc, net, cogs, total, gp },
    ...{ gmBp: basisPoints(gp, net), maxDiscountBp: maxDiscountBp(model, usage.plan, list, total - cogs.payment) },
    guardrail: isOk ? "ok" : "blocked",
  };
}

/** A month's quote; `upgrade_required` alone for more weighted tasks than the plan carries. */
export function quote(model: Model, usage: Usage): Quote | UpgradeRequired {
  const { tasks, wu } = quantitiesOf(usage);
  const { wuCap } = model.prices[usage.plan];
  if (wuCap !== null && wu > BigInt(wuCap))
    return { tasks: Number(tasks), wu: Number(wu), guardrail: "upgrade_required" };
  return quoteDrifted(model, usage);
}
