import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { closeInvoice } from "./invoice-close";
import { finalizeInvoice } from "./invoice-drafts";
import { collect, failAttempt, methodFor, settle, subscriptionOf } from "./payments";
import { endSubscription, hasEnded } from "./subscription-end";

type Invoice = Kinds["invoice"];

/** Finalises a draft by itself, and tries to collect it. */
export function finalizeAndCollect(account: Account, draft: Invoice): void {
  const invoice = finalizeInvoice(account, draft);
  const pause = subscriptionOf(account, invoice)?.pause_collection?.behavior;
  if (invoice.status === "paid") settle(account, invoice);
  // Assumed: after the hour as a draft, where it is said to happen at once.
  else if (pause === "void") closeInvoice(account, invoice, "void");
  else if (pause === "mark_uncollectible") closeInvoice(account, invoice, "uncollectible");
  else if (invoice.collection_method !== "send_invoice") attempt(account, invoice, false);
}

/** Tries an unpaid invoice again, with the payment method that is there by now. */
export function retry(account: Account, invoice: Invoice): void {
  attempt(account, invoice, true);
}

function attempt(account: Account, invoice: Invoice, isRetry: boolean): void {
  const subscription = subscriptionOf(account, invoice);
  const method = subscription === undefined ? null : methodFor(account, subscription);
  const after =
    method === null
      ? failAttempt(account, invoice, { isRetry })
      : collect(account, invoice, method, { isRetry }).invoice;
  if (after.status === "open" && after.next_payment_attempt === null) giveUp(account, after);
}

/** Documented: when no retry is left, the subscription is canceled, unpaid or left past due, as the account's settings say. */
function giveUp(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription === undefined || hasEnded(subscription) || subscription.status !== "past_due") return;
  const { end } = account.dunning;
  if (end === "canceled") endSubscription(account, subscription, "payment_failed");
  if (end === "unpaid") {
    account.change("subscription", subscription, { status: "unpaid" }, "customer.subscription.updated");
  }
}
