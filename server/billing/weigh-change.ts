import { CATALOGUE, skuNamed } from "@/policies/entitlements/catalogue";
import {
  type Choice,
  type ChangeMoment,
  type ItemChange,
  itemChanges,
  momentOfChange,
  tidy,
} from "@/policies/entitlements/change-plan";
import { linesOfChoice } from "@/policies/entitlements/choice-lines";
import { catalogueOf } from "@/policies/entitlements/projection";
import { preconditionFailed } from "@/server/kernel/errors";
import { atSeller, otherCurrency } from "./at-seller";
import { findPrices, type PricedLine } from "./find-prices";
import type { LivingPlan } from "./living-plan";
import type { Seller } from "./seller";

/** A change that may be ordered, with what the seller is told of it. */
export interface WeighedChange {
  to: Choice;
  moment: Exclude<ChangeMoment, "mixed" | "none">;
  items: ItemChange[];
  lines: PricedLine[];
  /** Seats alone, of a plan that is invoiced by agreement: they count at once and are on the next invoice. */
  isTrueUp: boolean;
  /** How many members there are beyond the seats of it: they stay, and nobody joins. */
  excessSeats: number;
}

const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

function refuse({ subscription, choice, period, isDisputed }: LivingPlan, to: Choice): WeighedChange["moment"] {
  if (subscription.cancel_at_period_end || subscription.cancel_at !== null)
    throw preconditionFailed(
      `The plan was cancelled and ends on ${day(subscription.cancel_at ?? period.end)}. Take the cancellation back, then change it.`,
      { reason: "cancelled" },
    );
  if (subscription.currency !== CATALOGUE.currency) throw otherCurrency();
  const moment = momentOfChange(choice, to);
  if (moment === "none") throw preconditionFailed("That is the plan as it is.", { reason: "same" });
  if (moment === "mixed")
    throw preconditionFailed(
      "What is added counts at once, and what is taken away from the renewal on: order one after the other, what is added first.",
      { reason: "mixed" },
    );
  if (moment === "now" && isDisputed)
    throw preconditionFailed(
      "A payment is disputed at the bank: nothing is added to the plan until that is decided. What is taken away can be ordered.",
      { reason: "disputed" },
    );
  return moment;
}

/** Fewer seats of the same plan are refused under those that are taken; a smaller plan has its excess marked. */
function excessOfSeats({ choice }: LivingPlan, to: Choice, taken: number): number {
  const { seatsIncluded } = skuNamed(to.plan).limits;
  const excess = Math.max(0, taken - ((seatsIncluded ?? taken) + to.moreSeats));
  if (excess > 0 && to.plan === choice.plan)
    throw preconditionFailed(
      `${taken} members have seats: ${excess} more than that would be. Remove members first, or keep the seats.`,
      { reason: "seats", taken, excess },
    );
  return excess;
}

/** What a change comes to, before it is shown or ordered. Throws PreconditionFailed, in words, for one that cannot be. */
export async function weighChange(
  { stripe }: Seller,
  living: LivingPlan,
  chosen: Choice,
  seatsTaken: number,
): Promise<WeighedChange> {
  const to = tidy(chosen);
  const moment = refuse(living, to);
  const excessSeats = excessOfSeats(living, to, seatsTaken);
  const isSamePlan = to.plan === living.choice.plan;
  // Whoever stays with a plan keeps the prices it was bought at.
  const catalogue = isSamePlan ? catalogueOf(living.catalogueVersion) : undefined;
  const lines = await atSeller(() => findPrices(stripe, linesOfChoice(to, catalogue)));
  const isSeatsAlone = isSamePlan && to.addOns.join() === tidy(living.choice).addOns.join();
  return {
    ...{ to, moment, lines, excessSeats, items: itemChanges(living.items, lines, isSamePlan) },
    isTrueUp: to.plan === "enterprise" && isSeatsAlone && moment === "now",
  };
}

/**
 * From which second a change is reckoned: now, within the period that the seller is in. Its clock may be ahead of ours.
 */
export const reckonedFrom = ({ period }: LivingPlan, now: Date): number =>
  Math.min(Math.max(Math.floor(now.getTime() / 1000), period.start), period.end);
