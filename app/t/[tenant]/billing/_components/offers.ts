import { CATALOGUE } from "@/policies/entitlements/catalogue";

/** What is sold by subscription, as far as a form needs it. Amounts are cents a month. */
export interface Offer {
  plan: "enterprise" | "pro" | "standard";
  title: string;
  profile: string;
  baseCents: number;
  seatCents: number;
  seatsIncluded: number;
  /** Null for what the plan includes. */
  addOns: { incident: number | null; compliance: number | null };
}

/** Every plan that can be bought here, the smallest first. */
export const OFFERS: readonly Offer[] = CATALOGUE.skus.flatMap(({ id, title, profile, price, limits }) => {
  if (price.kind !== "subscription" || id === "internal" || id === "white-label") return [];
  const { incident, compliance } = price.addOns;
  return [
    {
      ...{ plan: id, title, profile, baseCents: price.base.cents, seatCents: price.seat.cents },
      seatsIncluded: limits.seatsIncluded ?? 0,
      addOns: { incident: incident?.cents ?? null, compliance: compliance?.cents ?? null },
    },
  ];
});
