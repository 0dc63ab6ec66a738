import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { cardOfNumber } from "../engine/test-cards";
import { ApiError, invalid } from "../http/errors";
import { type Details, takeDetails } from "./checkout-details";
import { type DebitType, sessionNamed } from "./checkout-sessions";
import { needsAction } from "./invoices";
import { customerNamed } from "./living-customer";
import { intentOf, recordPayment } from "./payment-intents";
import { attachTo, declineOf, keepCard, keepDebit } from "./payment-methods";
import { collect } from "./payments";
import { startSubscription } from "./subscription-start";
import { taxIdsShown } from "./tax-ids";

type Session = Kinds["checkout.session"];
type Subscription = Kinds["subscription"];

/** What a customer pays with on a page. */
export type Means = { kind: "card"; number: string } | { kind: "debit"; type: DebitType } | { kind: "none" };

/** Where the page of a session leads: to its end, or to the cardholder's confirmation. */
export type Paid = { kind: "complete"; session: Session } | { kind: "challenge"; intent: string };

/**
 * Does what its customer does on the page of a session. A means that is declined leaves the session open and everything as it was;
 * one that must be confirmed leaves the subscription that was begun waiting. Assumed: the next try pays for that one.
 */
export function paySession(account: Account, id: string, means: Means, details: Details | null = null): Paid {
  return account.atomically(() => {
    const open = openSession(account, id);
    const session = details === null ? open : takeDetails(account, open, details);
    const method = methodOf(account, means, idIn(session.customer));
    if (method === null && isMeansNeeded(session)) throw invalid("A payment method is needed.", "payment_method");
    const subscription = attemptOf(account, id, method) ?? begin(account, session, method);
    if (subscription.status !== "incomplete") return complete(account, session, subscription);
    const invoice = firstInvoice(account, subscription);
    if (means.kind === "debit" && method !== null) {
      recordPayment(account, invoice, method, { kind: "processing" });
      return complete(account, session, subscription, "unpaid");
    }
    const { outcome } = collect(account, invoice, method);
    const decline = declineOf(outcome);
    if (decline !== null) throw decline;
    if (outcome.kind === "succeeds") return complete(account, session, subscription);
    account.store.put("session_attempt", { id, object: "session_attempt", subscription: subscription.id });
    const intent = intentOf(account, invoice.id);
    if (intent === null) throw new Error(`${invoice.id} was tried without an intent`);
    return { kind: "challenge", intent: intent.id };
  });
}

/** The same with a test card's number, or with nothing, where no confirmation is to be had: a card that needs one is refused. */
export function completeSession(account: Account, id: string, cardNumber: string | null): Session {
  return account.atomically(() => {
    const means: Means = cardNumber === null ? { kind: "none" } : { kind: "card", number: cardNumber };
    const paid = paySession(account, id, means);
    if (paid.kind === "challenge") throw needsAction();
    return paid.session;
  });
}

/** A session that can still be paid. */
export function openSession(account: Account, id: string): Session {
  const session = sessionNamed(account, id);
  if (session.status !== "open") throw invalid(`This Checkout session is ${String(session.status)}.`);
  return session;
}

/** Whether a page must ask for a means of payment. */
export function isMeansNeeded(session: Session): boolean {
  return session.payment_method_collection === "always" || (session.amount_total ?? 0) > 0;
}

/** The subscription that was begun in a session and still waits, set to be paid by another method where one is given. */
export function attemptOf(account: Account, session: string, method: string | null = null): Subscription | null {
  const { store } = account;
  const id = store.get("session_attempt", session)?.subscription;
  const subscription = id === undefined ? undefined : store.get("subscription", id);
  if (subscription?.status !== "incomplete") return null;
  if (method === null) return subscription;
  const changed: Subscription = { ...subscription, default_payment_method: method };
  store.put("subscription", changed);
  return changed;
}

/** The session that a subscription was begun in, if it waits there. */
export function sessionOfAttempt({ store }: Account, subscription: string): Session | null {
  const attempt = store.all("session_attempt").find((each) => each.subscription === subscription);
  return attempt === undefined ? null : (store.get("checkout.session", attempt.id) ?? null);
}

function firstInvoice({ store }: Account, subscription: Subscription): Kinds["invoice"] {
  const invoice = store.get("invoice", idIn(subscription.latest_invoice));
  if (invoice === undefined) throw new Error(`${subscription.id} has no invoice`);
  return invoice;
}

function begin(account: Account, session: Session, method: string | null): Subscription {
  const terms = account.store.get("session_terms", session.id);
  if (terms === undefined) throw new Error(`no terms of ${session.id}`);
  const items = terms.lines.map(({ price, quantity }) => ({
    price: price?.id ?? "",
    ...(quantity === null ? {} : { quantity }),
  }));
  return startSubscription(account, {
    ...terms.subscription,
    ...{ customer: idIn(session.customer), items, discounts: terms.discounts, payment_behavior: "default_incomplete" },
    ...(method === null ? {} : { default_payment_method: method }),
  });
}

/** Ends an open session with what was bought in it. */
export function complete(
  account: Account,
  session: Session,
  { id, latest_invoice: invoice }: Subscription,
  status: "paid" | "unpaid" = "paid",
): Paid {
  const customer = customerNamed(account, idIn(session.customer));
  const { address = null, email, name = null, phone = null, tax_exempt: exempt = null } = customer;
  const known = { address, business_name: null, email, individual_name: null, name, phone, tax_exempt: exempt };
  const changes = {
    ...{ status: "complete" as const, url: null, subscription: id, invoice },
    customer_details: session.customer_details ?? { ...known, tax_ids: taxIdsShown(account, customer.id) },
    payment_status: session.amount_total === 0 ? ("no_payment_required" as const) : status,
  };
  account.store.remove("session_attempt", session.id);
  const done = account.change("checkout.session", session, changes, "checkout.session.completed");
  return { kind: "complete", session: done };
}

function methodOf(account: Account, means: Means, customer: string): string | null {
  if (means.kind === "none") return null;
  if (means.kind === "debit") return attachTo(account, keepDebit(account, means.type), customer).id;
  return attachedCard(account, means.number, customer);
}

/** A new payment method of a customer; refuses numbers that are no test card, and cards that are declined at once. */
export function attachedCard(account: Account, number: string, customer: string): string {
  const card = cardOfNumber(number);
  if (card === null)
    throw new ApiError(402, "Only test cards are taken here.", { type: "card_error", code: "incorrect_number" });
  return attachTo(account, keepCard(account, card), customer).id;
}
