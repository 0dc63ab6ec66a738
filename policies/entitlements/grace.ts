import { isOf } from "./choose-subscription";
import type { Projection } from "./projection";
import { GRACE_DAYS } from "./status";
import type { StripeInvoice, StripeSubscription } from "./stripe-objects";

const GRACE_MS = GRACE_DAYS * 86_400_000;

/** When an invoice was first not paid, in seconds: at its first try, or when it was due; null for one that was paid or may be. */
function firstFailure(invoice: StripeInvoice, nowSeconds: number): number | null {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") return null;
  if (invoice.collection_method === "send_invoice")
    return invoice.due_date !== null && invoice.due_date <= nowSeconds ? invoice.due_date : null;
  // It is tried as soon as it is final; no later try moves this.
  return invoice.attempt_count > 0 ? (invoice.status_transitions.finalized_at ?? invoice.created) : null;
}

/**
 * Until when all goes on though a payment failed: seven days from the first failure, by the oldest invoice that is still open.
 * Null while none is overdue. Where Stripe shows no such invoice, what was known before counts, else this moment.
 */
export function graceUntil(
  subscription: StripeSubscription,
  invoices: readonly StripeInvoice[],
  previous: Projection | null,
  now: Date,
): Date | null {
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return null;
  const failures = invoices
    .filter((invoice) => isOf(subscription, invoice))
    .flatMap((invoice) => firstFailure(invoice, now.getTime() / 1000) ?? []);
  if (failures.length > 0) return new Date(Math.min(...failures) * 1000 + GRACE_MS);
  return previous?.graceUntil ?? new Date(now.getTime() + GRACE_MS);
}
