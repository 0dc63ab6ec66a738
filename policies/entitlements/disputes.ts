import { isOf } from "./choose-subscription";
import type { StripeInvoice, StripeSubscription } from "./stripe-objects";

/** A charge that its holder denied at the bank. Moments are seconds since 1970. */
export interface Disputed {
  id: string;
  /** As Stripe says; another word may come. */
  status: string;
  openedAt: number;
  /** When what is disputed was charged. */
  chargedAt: number;
}

/** How a dispute stands: the bank has yet to decide, it took the money back, or nothing came of it. Of a new word, the first. */
export function standingOfDispute({ status }: Disputed): "open" | "lost" | "over" {
  if (status === "lost") return "lost";
  return ["won", "warning_closed", "prevented"].includes(status) ? "over" : "open";
}

/** Disputes about what a subscription charged that are not decided: nothing is added to it meanwhile. */
export const openDisputes = <D extends Disputed>({ created }: StripeSubscription, disputes: readonly D[]): D[] =>
  disputes.filter((each) => each.chargedAt >= created && standingOfDispute(each) === "open");

/**
 * Disputes that were lost, so that what was paid for a subscription was taken back, and nothing was paid for it since: by an invoice that
 * was made after the holder denied the charge.
 */
export function lostDisputes<D extends Disputed>(
  subscription: StripeSubscription,
  disputes: readonly D[],
  invoices: readonly StripeInvoice[],
): D[] {
  const payments = invoices.filter(
    (invoice) => isOf(subscription, invoice) && invoice.status === "paid" && invoice.amount_paid > 0,
  );
  return disputes.filter(
    (each) =>
      standingOfDispute(each) === "lost" &&
      each.chargedAt >= subscription.created &&
      !payments.some(({ created }) => created > each.openedAt),
  );
}
