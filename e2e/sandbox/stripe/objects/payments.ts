import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import type { ChargeOutcome } from "../engine/test-cards";
import { invalid } from "../http/errors";
import { markPaid } from "./invoice-drafts";
import { recordPayment } from "./payment-intents";
import { isResumption, resumed } from "./resumption";
import { chargeOutcome, paymentMethodNamed } from "./payment-methods";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

/** The subscription that an invoice is for. */
export function subscriptionOf({ store }: Account, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return typeof id === "string" ? store.get("subscription", id) : undefined;
}

/** What is charged for a subscription: its own payment method, else the customer's; null when there is none. */
export function methodFor({ store }: Account, subscription: Subscription): string | null {
  if (typeof subscription.default_payment_method === "string") return subscription.default_payment_method;
  const method = store.get("customer", idIn(subscription.customer))?.invoice_settings.default_payment_method;
  return typeof method === "string" ? method : null;
}

/** Tries to charge an open invoice, and keeps what came of it on the invoice and its subscription. */
export function collect(
  account: Account,
  invoice: Invoice,
  method: string | null,
): { invoice: Invoice; outcome: ChargeOutcome } {
  if (invoice.status !== "open") throw invalid("Only an open invoice can be paid.");
  if (method === null) {
    throw invalid(
      "There is no default_payment_method set on this Customer or Invoice. Please set one or pass it with the request.",
      "payment_method",
      "resource_missing",
    );
  }
  const charged = paymentMethodNamed(account, method, "payment_method");
  const outcome = chargeOutcome(account, charged);
  const attempted = { ...invoice, attempt_count: invoice.attempt_count + 1, attempted: true };
  recordPayment(account, invoice, charged.id, outcome);
  if (outcome.kind === "succeeds") return { invoice: settle(account, markPaid(account, attempted)), outcome };
  account.store.put("invoice", attempted);
  if (outcome.kind === "needs-action") account.emit("invoice.payment_action_required", attempted);
  account.emit("invoice.payment_failed", attempted);
  fallBehind(account, attempted);
  return { invoice: attempted, outcome };
}

/** Documented: the paid first invoice makes an incomplete subscription active, the paid latest one a past-due one. */
export function settle(account: Account, invoice: Invoice): Invoice {
  const subscription = subscriptionOf(account, invoice);
  const isLatest = subscription?.latest_invoice === invoice.id;
  if (subscription !== undefined && isLatest && ["incomplete", "past_due", "unpaid"].includes(subscription.status)) {
    account.change("subscription", subscription, { status: "active" }, "customer.subscription.updated");
  }
  return settleResumption(account, invoice);
}

/** Documented: a paused subscription is active once the invoice of its resumption is paid or uncollectible. */
export function settleResumption(account: Account, invoice: Invoice): Invoice {
  const subscription = subscriptionOf(account, invoice);
  if (subscription?.status === "paused" && isResumption(account, invoice)) {
    resumed(account, { ...subscription, status: "active" });
  }
  return invoice;
}

/** Documented: an active subscription whose renewal or change is not paid becomes past due; a first payment leaves it incomplete. */
export function fallBehind(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription?.status === "active" && invoice.billing_reason !== "subscription_create") {
    account.change("subscription", subscription, { status: "past_due" }, "customer.subscription.updated");
  }
}
