import { skuNamed } from "./catalogue";
import type { Catalogue } from "./schema";

/** What somebody chose to have of what is sold by subscription. */
interface Chosen {
  plan: "standard" | "pro" | "enterprise";
  addOns: readonly ("incident" | "compliance")[];
  moreSeats: number;
}

/** A line of what is bought, by the lookup key of its price; no quantity for what is metered. */
export interface ChosenLine {
  what: "base" | "seat" | "usage" | "incident" | "compliance";
  lookupKey: string;
  quantity?: number;
}

/**
 * What a choice buys, by prices of the catalogue alone: an amount that a client sends is nowhere. An add-on that the plan includes
 * is no line of its own. Throws RangeError for a plan that is not sold by subscription, which the type rules out.
 */
export function linesOfChoice({ plan, addOns, moreSeats }: Chosen, catalogue?: Catalogue): ChosenLine[] {
  const { price } = skuNamed(plan, catalogue);
  if (price.kind !== "subscription") throw new RangeError(`${plan} is not sold by subscription`);
  const bought = [...new Set(addOns)].sort().flatMap((name): ChosenLine[] => {
    const addOn = price.addOns[name];
    return addOn === null ? [] : [{ what: name, lookupKey: addOn.lookupKey, quantity: 1 }];
  });
  return [
    { what: "base", lookupKey: price.base.lookupKey, quantity: 1 },
    ...(moreSeats === 0 ? [] : [{ what: "seat" as const, lookupKey: price.seat.lookupKey, quantity: moreSeats }]),
    { what: "usage", lookupKey: price.usage.lookupKey },
    ...bought,
  ];
}
