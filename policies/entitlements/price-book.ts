import type { PlanPrices, PriceBook } from "@/server/pricing/domain/list-price";
import type { Plan } from "@/server/pricing/domain/usage";
import { CATALOGUE, skuNamed } from "./catalogue";

function pricesOf(plan: Plan): PlanPrices {
  const { price, limits } = skuNamed(plan);
  if (price.kind !== "subscription") throw new RangeError(`${plan} is not sold by the month`);
  const addOn = (name: "incident" | "compliance") => price.addOns[name]?.cents ?? 0;
  return {
    ...{ baseCents: price.base.cents, seatCents: price.seat.cents, seatsIncluded: limits.seatsIncluded ?? 0 },
    ...{ tiers: price.usage.tiers, wuCap: limits.wuCap, retentionMonths: limits.retentionMonths },
    addOnCents: { incident: addOn("incident"), compliance: addOn("compliance") },
    complianceRetentionMonths: CATALOGUE.complianceRetentionMonths,
  };
}

/** What hosted plans cost, from the catalogue, as quotes are made from it. */
export const PRICE_BOOK: PriceBook = {
  ...{ standard: pricesOf("standard"), pro: pricesOf("pro"), enterprise: pricesOf("enterprise") },
};
