import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import type { ChargeOutcome } from "../engine/test-cards";
import { invalid } from "../http/errors";
import { complete, sessionOfAttempt } from "./checkout-completion";
import { sessionNamed } from "./checkout-sessions";
import { markPaid } from "./invoice-drafts";
import { intentNamed, invoiceOf, recordPayment } from "./payment-intents";
import { settle, subscriptionOf } from "./payments";

type Session = Kinds["checkout.session"];

const NOT_CONFIRMED: ChargeOutcome = {
  ...{ kind: "declined", code: "payment_intent_authentication_failure", declineCode: "authentication_required" },
  message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

/** The session whose customer an intent waits for, or null when it pays an invoice by itself. */
export function sessionOfIntent(account: Account, intent: string): Session | null {
  const subscription = subscriptionOf(account, invoiceOf(account, intent));
  return subscription === undefined ? null : sessionOfAttempt(account, subscription.id);
}

/** An intent that its cardholder can still confirm. */
export function openChallenge(account: Account, id: string): Kinds["payment_intent"] {
  const intent = intentNamed(account, id);
  const session = sessionOfIntent(account, id);
  const isOpen = invoiceOf(account, id).status === "open" && (session === null || session.status === "open");
  if (intent.status !== "requires_action" || !isOpen) throw invalid("There is nothing to confirm any more.");
  return intent;
}

/** The cardholder confirms a payment: its invoice is paid, and the session that waited for it is complete. */
export function approve(account: Account, id: string): Session | null {
  return account.atomically(() => {
    const method = idIn(openChallenge(account, id).payment_method);
    const [session, invoice] = [sessionOfIntent(account, id), invoiceOf(account, id)];
    account.store.put("authentication", { id: method, object: "authentication" });
    recordPayment(account, invoice, method, { kind: "succeeds" });
    settle(account, markPaid(account, invoice));
    const subscription = subscriptionOf(account, invoice);
    if (session === null || subscription === undefined) return null;
    const done = complete(account, session, subscription);
    return done.kind === "complete" ? done.session : null;
  });
}

/** The cardholder does not confirm it: the intent needs another method. */
export function fail(account: Account, id: string): void {
  account.atomically(() => {
    const method = idIn(openChallenge(account, id).payment_method);
    const invoice = invoiceOf(account, id);
    recordPayment(account, invoice, method, NOT_CONFIRMED);
    account.emit("invoice.payment_failed", invoice);
  });
}

/** A bank says later whether a session's debit went through. */
export function settleDebit(account: Account, session: string, isPaid: boolean): Session {
  return account.atomically(() => {
    const before = sessionNamed(account, session);
    const invoice = account.store.get("invoice", idIn(before.invoice));
    if (before.payment_status !== "unpaid" || before.status !== "complete" || invoice?.status !== "open") {
      throw invalid("No bank has yet to say anything about this session.");
    }
    const subscription = subscriptionOf(account, invoice);
    const method = idIn(subscription?.default_payment_method ?? null);
    if (isPaid) {
      recordPayment(account, invoice, method, { kind: "succeeds" });
      settle(account, markPaid(account, invoice));
      const type = "checkout.session.async_payment_succeeded";
      return account.change("checkout.session", before, { payment_status: "paid" }, type);
    }
    const refusal = { code: "debit_not_authorized", declineCode: "generic_decline", message: "The bank refused." };
    recordPayment(account, invoice, method, { kind: "declined", ...refusal });
    account.emit("invoice.payment_failed", invoice);
    account.emit("checkout.session.async_payment_failed", before);
    return before;
  });
}
