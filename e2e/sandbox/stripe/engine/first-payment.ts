import type { ChargeOutcome } from "./test-cards";

export type FirstStatus = "active" | "incomplete" | "trialing";

interface Beginning {
  isTrial: boolean;
  dueCents: number;
  collection: "charge_automatically" | "send_invoice";
}

/**
 * What a subscription is before its first payment. Documented: incomplete while the first invoice is to be paid automatically;
 * active at once when the customer is sent an invoice or nothing is due.
 */
export function statusAtStart({ isTrial, dueCents, collection }: Beginning): FirstStatus {
  if (isTrial) return "trialing";
  return dueCents > 0 && collection === "charge_automatically" ? "incomplete" : "active";
}

export type PaymentBehavior = "allow_incomplete" | "default_incomplete" | "error_if_incomplete";

/**
 * What becomes of a first payment. Documented: `default_incomplete` does not try it, `error_if_incomplete` refuses all of it
 * when it does not go through, `allow_incomplete` leaves the subscription incomplete.
 */
export function firstPayment(behavior: PaymentBehavior, outcome: ChargeOutcome): "paid" | "left-open" | "refused" {
  if (behavior === "default_incomplete") return "left-open";
  if (outcome.kind === "succeeds") return "paid";
  return behavior === "error_if_incomplete" ? "refused" : "left-open";
}

/** Documented: 23 hours after it was made, an incomplete subscription expires. */
export const INCOMPLETE_SECONDS = 23 * 60 * 60;
/** Documented: a renewal's invoice is a draft first. Assumed: for exactly an hour. */
export const DRAFT_SECONDS = 60 * 60;
/** Documented: a subscription has at most 20 items. */
export const ITEMS_MAX = 20;
