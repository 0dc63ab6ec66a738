import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { locationMissing, taxFactsOf } from "./automatic-tax";
import { closeInvoice } from "./invoice-close";
import { finalizeInvoice } from "./invoice-drafts";
import { collect, failAttempt, methodFor, settle, subscriptionOf } from "./payments";
import { endSubscription, hasEnded } from "./subscription-end";

type Invoice = Kinds["invoice"];

/** Finalises a draft by itself, and tries to collect it. */
export function finalizeAndCollect(account: Account, draft: Invoice): void {
  if (isUntaxable(account, draft)) {
    failToFinalize(account, draft);
    return;
  }
  const invoice = finalizeInvoice(account, draft);
  const pause = subscriptionOf(account, invoice)?.pause_collection?.behavior;
  if (invoice.status === "paid") settle(account, invoice);
  // Assumed: after the hour as a draft, where it is said to happen at once.
  else if (pause === "void") closeInvoice(account, invoice, "void");
  else if (pause === "mark_uncollectible") closeInvoice(account, invoice, "uncollectible");
  else if (invoice.collection_method !== "send_invoice") attempt(account, invoice, false);
}

function isUntaxable(account: Account, { automatic_tax: tax, customer }: Invoice): boolean {
  const payer = account.store.get("customer", idIn(customer));
  return tax.enabled && payer !== undefined && taxFactsOf(account, payer).country === null;
}

/** Documented: a draft that cannot be finalised says why. Assumed: it stays one until somebody finalises it. */
function failToFinalize(account: Account, draft: Invoice): void {
  const { message, details } = locationMissing();
  const changes: Partial<Invoice> = {
    ...{ automatically_finalizes_at: null, auto_advance: false },
    automatic_tax: { ...draft.automatic_tax, status: "requires_location_inputs" },
    last_finalization_error: {
      ...{ code: "customer_tax_location_invalid", message, type: "invalid_request_error" },
      ...(details.param === undefined ? {} : { param: details.param }),
    },
  };
  account.change("invoice", draft, changes, "invoice.finalization_failed");
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
