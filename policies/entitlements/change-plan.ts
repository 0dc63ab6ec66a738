import { CATALOGUE, skuNamed } from "./catalogue";
import type { ChosenLine } from "./choice-lines";
import { featuresOfPlan } from "./features";
import { catalogueOf, LIMIT_NAMES, type Limits, limitsOfPlan } from "./projection";
import type { AddOn, Feature } from "./words";

/** What is sold by subscription, the smallest first. */
export const SOLD_PLANS = ["standard", "pro", "enterprise"] as const;
export type SoldPlan = (typeof SOLD_PLANS)[number];

/** What a tenant has by subscription, or chose to have. */
export interface Choice {
  plan: SoldPlan;
  addOns: readonly ("incident" | "compliance")[];
  /** Seats beyond those that the plan includes. */
  moreSeats: number;
}

/** When a change counts: what is added at once, what is taken away from the next period on. */
export type ChangeMoment = "none" | "now" | "renewal" | "mixed";

const rank = (plan: SoldPlan) => SOLD_PLANS.indexOf(plan);

/** A choice without what its plan includes anyway, in one order. */
export function tidy({ plan, addOns, moreSeats }: Choice): Choice {
  const { price } = skuNamed(plan);
  const isSold = (name: Choice["addOns"][number]) => price.kind === "subscription" && price.addOns[name] !== null;
  return { plan, addOns: [...new Set(addOns)].filter(isSold).sort(), moreSeats };
}

/**
 * When a change from one choice to another counts. A larger plan, an add-on or a seat counts at once; a smaller plan, and what is
 * taken away of the same one, from the renewal on, so that a period is paid by the most that it had. Both at once of the same
 * plan is `mixed`, which nobody orders in one.
 */
export function momentOfChange(from: Choice, to: Choice): ChangeMoment {
  const [before, after] = [tidy(from), tidy(to)];
  if (before.plan !== after.plan) return rank(after.plan) > rank(before.plan) ? "now" : "renewal";
  const isMore = after.moreSeats > before.moreSeats || after.addOns.some((name) => !before.addOns.includes(name));
  const isLess = after.moreSeats < before.moreSeats || before.addOns.some((name) => !after.addOns.includes(name));
  if (isMore && isLess) return "mixed";
  return isMore ? "now" : isLess ? "renewal" : "none";
}

/** What a month of a choice costs in cents, before tax and use. Throws RangeError for a plan that is not sold by the month. */
export function monthCents({ plan, addOns, moreSeats }: Choice, version = CATALOGUE.version): number {
  const { price } = skuNamed(plan, catalogueOf(version));
  if (price.kind !== "subscription") throw new RangeError(`${plan} is not sold by the month`);
  const extra = addOns.reduce((sum, name) => sum + (price.addOns[name]?.cents ?? 0), 0);
  return price.base.cents + price.seat.cents * moreSeats + extra;
}

/** What a change opens and closes, and which limits it moves. */
export interface Difference {
  gained: Feature[];
  lost: Feature[];
  limits: { limit: keyof Limits; before: number | null; after: number | null }[];
}

/** What a tenant has after a change that it had not before, and the other way round. */
export function differenceOf(from: Choice, to: Choice, fromVersion = CATALOGUE.version): Difference {
  const sides = [
    { choice: from, version: fromVersion },
    { choice: to, version: CATALOGUE.version },
  ].map(({ choice: { plan, addOns, moreSeats }, version }) => ({
    features: featuresOfPlan(plan, addOns, catalogueOf(version)),
    limits: limitsOfPlan(plan, addOns as readonly AddOn[], moreSeats, version),
  }));
  const [before, after] = sides as [(typeof sides)[number], (typeof sides)[number]];
  return {
    gained: [...after.features].filter((feature) => !before.features.has(feature)),
    lost: [...before.features].filter((feature) => !after.features.has(feature)),
    limits: LIMIT_NAMES.flatMap((limit) => {
      const [was, is] = [before.limits[limit], after.limits[limit]];
      return was === is ? [] : [{ limit, before: was, after: is }];
    }),
  };
}

/** An item of a subscription, as far as a change has to know it. */
export interface KnownItem {
  id: string;
  what: ChosenLine["what"];
  quantity?: number | undefined;
}

/** A line with the price that it is bought at. */
interface Priced extends ChosenLine {
  price: string;
}

/** What the seller is told about one item: to have another price or quantity, to go, or to be there. */
export type ItemChange =
  | { id: string; price?: string; quantity?: number }
  | { id: string; deleted: true }
  | { price: string; quantity?: number };

/**
 * The changes that bring the items of a subscription to these lines. Of the same plan, an item that stays keeps the price it was
 * bought at, though another one is sold by now.
 */
export function itemChanges(items: readonly KnownItem[], lines: readonly Priced[], isSamePlan: boolean): ItemChange[] {
  const changed = items.flatMap(({ id, what, quantity }): ItemChange[] => {
    const line = lines.find((each) => each.what === what);
    if (line === undefined) return [{ id, deleted: true }];
    const wanted = line.quantity === undefined ? {} : { quantity: line.quantity };
    if (!isSamePlan) return [{ id, price: line.price, ...wanted }];
    return line.quantity === undefined || line.quantity === quantity ? [] : [{ id, ...wanted }];
  });
  const added = lines.flatMap(({ what, price, quantity }): ItemChange[] => {
    if (items.some((item) => item.what === what)) return [];
    return [quantity === undefined ? { price } : { price, quantity }];
  });
  return [...changed, ...added];
}
