import { type ExactCents, exactCents } from "./decimals";

/** One tier: up to and including so many units in all, or without end. */
export interface Tier {
  upTo: number | null;
  unitCents: string;
  flatCents: string;
}

/** What a quantity costs by tiers, exact; throws when the tiers are not made so that the last one has no end. */
export function tieredAmount(mode: "graduated" | "volume", tiers: readonly Tier[], quantity: number): ExactCents {
  if (tiers.at(-1)?.upTo !== null) throw new RangeError("the last tier has no end");
  return mode === "volume" ? volumeAmount(tiers, quantity) : graduatedAmount(tiers, quantity);
}

/** Documented: all units at the price of the tier that the whole quantity falls into. Assumed: its flat part once. */
function volumeAmount(tiers: readonly Tier[], quantity: number): ExactCents {
  const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo);
  return tier === undefined ? 0n : amountIn(tier, quantity);
}

/** Documented: each unit at the price of its own tier. Assumed: the flat part of every tier that is reached, the first even by 0. */
function graduatedAmount(tiers: readonly Tier[], quantity: number): ExactCents {
  let from = 0;
  let amount = 0n;
  for (const [index, tier] of tiers.entries()) {
    const units = Math.min(quantity, tier.upTo ?? quantity) - from;
    if (units <= 0 && index > 0) break;
    amount += amountIn(tier, Math.max(0, units));
    from = tier.upTo ?? quantity;
  }
  return amount;
}

function amountIn({ unitCents, flatCents }: Tier, units: number): ExactCents {
  return exactCents(unitCents) * BigInt(units) + exactCents(flatCents);
}
