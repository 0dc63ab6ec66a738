import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { nextAttemptAt } from "../engine/dunning";
import type { ChargeOutcome } from "../engine/test-cards";
import { invalid } from "../http/errors";
import { keepCharge } from "./charges";
import { markPaid } from "./invoice-drafts";
import { recordPayment } from "./payment-intents";
import { applyPending, isAwaited } from "./pending-updates";
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

/** Whether an attempt is one of those that the dunning schedule makes. */
interface Attempt {
  isRetry?: boolean;
}

/** Tries to charge an open invoice, and keeps what came of it on the invoice and its subscription. */
export function collect(
  account: Account,
  invoice: Invoice,
  method: string | null,
  attempt: Attempt = {},
): { invoice: Invoice; outcome: ChargeOutcome } {
  if (invoice.status !== "open") throw invalid("Only an open invoice can be paid.");
  if (method === null) {
    throw invalid(
      "There is no default_payment_method set on this Customer or Invoice. Please set one or pass it with the request.",
      "payment_method",
      "resource_missing",
    );
  }
  const paying = paymentMethodNamed(account, method, "payment_method");
  const outcome = chargeOutcome(account, paying);
  const intent = recordPayment(account, invoice, paying.id, outcome);
  if (outcome.kind === "succeeds") {
    keepCharge(account, invoice, { method: paying, intent: intent.id });
    const attempted = { ...invoice, attempt_count: attemptsOf(invoice, attempt), attempted: true };
    return { invoice: settle(account, markPaid(account, attempted)), outcome };
  }
  return { invoice: failAttempt(account, invoice, attempt, outcome.kind === "needs-action"), outcome };
}

/** Documented: the first attempt counts whoever makes it, after that only automatic retries. */
function attemptsOf({ attempt_count: before }: Invoice, { isRetry = false }: Attempt): number {
  return isRetry ? before + 1 : Math.max(1, before);
}

/** Keeps that an attempt failed, and when the next comes. */
export function failAttempt(account: Account, invoice: Invoice, attempt: Attempt, needsAction = false): Invoice {
  const attempts = attemptsOf(invoice, attempt);
  const isCounted = attempts > invoice.attempt_count;
  const next = isRetried(account, invoice) ? nextAttemptAt(account.dunning, attempts, account.clock.now()) : null;
  const after: Invoice = {
    ...{ ...invoice, attempt_count: attempts, attempted: true },
    next_payment_attempt: isCounted ? next : invoice.next_payment_attempt,
  };
  account.store.put("invoice", after);
  if (needsAction) account.emit("invoice.payment_action_required", after);
  account.emit("invoice.payment_failed", after);
  fallBehind(account, after);
  return after;
}

/** First payments, resumptions and pending updates have 23 hours instead. */
function isRetried(account: Account, invoice: Invoice): boolean {
  const subscription = subscriptionOf(account, invoice);
  if (subscription === undefined || invoice.auto_advance !== true) return false;
  if (invoice.billing_reason === "subscription_create" || subscription.status === "paused") return false;
  return !isAwaited(invoice, subscription);
}

/** Documented: the paid first invoice makes an incomplete subscription active, the paid latest one a past-due one. */
export function settle(account: Account, invoice: Invoice): Invoice {
  const subscription = subscriptionOf(account, invoice);
  if (subscription !== undefined && isAwaited(invoice, subscription)) applyPending(account, subscription);
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
function fallBehind(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (subscription !== undefined && isAwaited(invoice, subscription)) return;
  if (subscription?.status === "active" && invoice.billing_reason !== "subscription_create") {
    account.change("subscription", subscription, { status: "past_due" }, "customer.subscription.updated");
  }
}
