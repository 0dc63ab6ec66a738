import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { DRAFT_SECONDS, INCOMPLETE_SECONDS } from "../engine/first-payment";
import { periodAt } from "../engine/periods";
import { intentOf } from "./payment-intents";
import { finalizeAndCollect, retry } from "./collection";
import { ofPendingUpdate } from "./held-update";
import { makeInvoice } from "./invoice-drafts";
import { closeInvoice } from "./invoice-close";
import { noticesOf } from "./notices";
import { methodFor, subscriptionOf } from "./payments";
import { fullLines, recurrenceOf } from "./subscription-items";
import { usageLines } from "./usage-lines";
import { usageUntilNow } from "./final-invoice";
import { waitingLines } from "./pending-lines";
import { billNow } from "./subscription-change";
import { ofSchedule } from "./schedule-phases";
import { ofResumption, pausedSince } from "./subscription-pause";
import { endSubscription, hasEnded } from "./subscription-end";

type Subscription = Kinds["subscription"];
type Invoice = Kinds["invoice"];

/** Something that time brings by itself. */
interface Due {
  at: number;
  happen: () => void;
}

/** When something next happens by itself, in seconds of the account's clock; null when nothing will. */
export function nextDueAt(account: Account): number | null {
  const times = dues(account).map(({ at }) => at);
  return times.length === 0 ? null : Math.min(...times);
}

/** Does everything that has come due, the earliest first. */
export function passTime(account: Account): void {
  for (;;) {
    const due = dues(account).filter(({ at }) => at <= account.clock.now());
    const [first] = due.sort((a, b) => a.at - b.at);
    if (first === undefined) return;
    first.happen();
  }
}

function dues(account: Account): Due[] {
  const { store } = account;
  return [
    // Before renewals, which then bill the new phase.
    ...store.all("subscription_schedule").flatMap((each) => ofSchedule(account, each)),
    ...store.all("subscription").flatMap((each) => ofSubscription(account, each)),
    ...store.all("invoice").flatMap((each) => ofInvoice(account, each)),
    ...store.all("checkout.session").flatMap((session) => {
      const expire = () =>
        void account.change("checkout.session", session, { status: "expired", url: null }, "checkout.session.expired");
      return session.status === "open" ? [{ at: session.expires_at, happen: expire }] : [];
    }),
  ];
}

function ofSubscription(account: Account, subscription: Subscription): Due[] {
  if (hasEnded(subscription)) return [];
  if (subscription.status === "incomplete") {
    // Assumed: what a bank has yet to say is waited for.
    const intent = intentOf(account, idIn(subscription.latest_invoice));
    if (intent?.status === "processing") return [];
    return [{ at: subscription.created + INCOMPLETE_SECONDS, happen: () => expire(account, subscription) }];
  }
  const end = subscription.items.data[0]?.current_period_end;
  const isRunning = ["active", "past_due", "trialing", "unpaid"].includes(subscription.status);
  const { cancel_at: cancelAt, pause_collection: pause } = subscription;
  return [
    ...noticesOf(account, subscription),
    ...ofPendingUpdate(account, subscription),
    ...(typeof pause?.resumes_at === "number"
      ? [{ at: pause.resumes_at, happen: () => collectAgain(account, subscription) }]
      : []),
    // Before the renewal, when both are due at once.
    ...(cancelAt === null ? [] : [{ at: cancelAt, happen: () => endInTime(account, subscription) }]),
    ...(isRunning && end !== undefined ? [{ at: end, happen: () => renew(account, subscription) }] : []),
  ];
}

/** Documented: an end that was asked for bills what was used and what waits. */
function endInTime(account: Account, subscription: Subscription): void {
  const used = usageUntilNow(account, subscription);
  const hasLines = used.length + waitingLines(account, subscription).length > 0;
  const ended = endSubscription(account, subscription, "cancellation_requested", { keepsProrations: true });
  if (hasLines) billNow(account, ended, used, { isByTime: true });
}

/** Documented: the first invoice is voided with it. */
function expire(account: Account, subscription: Subscription): void {
  const ended = { status: "incomplete_expired" as const, ended_at: account.clock.now() };
  account.change("subscription", subscription, ended, "customer.subscription.updated");
  const invoice = account.store.get("invoice", idIn(subscription.latest_invoice));
  if (invoice?.status !== "open") return;
  closeInvoice(account, invoice, "void");
}

/** Documented: collection goes on by itself at `resumes_at`. */
function collectAgain(account: Account, subscription: Subscription): void {
  account.change("subscription", subscription, { pause_collection: null }, "customer.subscription.updated");
}

/** The next period begins: the renewal's invoice is a draft first. */
function renew(account: Account, subscription: Subscription): void {
  if (
    subscription.status === "trialing" &&
    methodFor(account, subscription) === null &&
    endTrial(account, subscription)
  )
    return;
  const { billing_cycle_anchor: anchor, items } = subscription;
  const [first] = items.data;
  if (first === undefined) throw new Error(`${subscription.id} has no items`);
  const before = { start: first.current_period_start, end: first.current_period_end };
  const period = periodAt(anchor, recurrenceOf(items.data), before.end);
  const data = items.data.map((item) => ({
    ...item,
    current_period_start: period.start,
    current_period_end: period.end,
  }));
  const status = subscription.status === "trialing" ? "active" : subscription.status;
  const rolled: Subscription = { ...subscription, status, items: { ...items, data } };
  const isOver = subscription.status !== "trialing";
  const used = isOver ? usageLines(account, subscription, before.end) : [];
  const drafts = [...used, ...fullLines(account, data, period)];
  // Documented: of an unpaid subscription, and while collection is paused with `keep_as_draft`, invoices stay drafts.
  const isKept = subscription.status === "unpaid" || subscription.pause_collection?.behavior === "keep_as_draft";
  const finalizesAt = isKept ? null : account.clock.now() + DRAFT_SECONDS;
  const invoice = makeInvoice(account, {
    subscription: rolled,
    drafts,
    reason: "subscription_cycle",
    finalizesAt,
    isKept,
    period: before,
  });
  const changes = { status, items: rolled.items, latest_invoice: invoice.id };
  account.change("subscription", subscription, changes, "customer.subscription.updated");
}

/** Documented (`paused`), and assumed for the others: what a trial without a payment method ends in; false when an invoice is made all the same. */
function endTrial(account: Account, subscription: Subscription): boolean {
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (behavior === "cancel") {
    endSubscription(account, subscription, "payment_failed");
    return true;
  }
  if (behavior !== "pause") return false;
  const details = pausedSince(account, "trial_end_without_payment_method");
  const changes = { status: "paused" as const, status_details: details };
  account.change("subscription", subscription, changes, "customer.subscription.paused");
  return true;
}

function ofInvoice(account: Account, invoice: Invoice): Due[] {
  const { automatically_finalizes_at: at, status, due_date: dueDate } = invoice;
  if (status === "draft" && at !== null && invoice.auto_advance === true) {
    return [{ at, happen: () => finalizeAndCollect(account, invoice) }];
  }
  const { next_payment_attempt: next } = invoice;
  if (status === "open" && next !== null && invoice.auto_advance === true) {
    return [{ at: next, happen: () => retry(account, invoice) }];
  }
  const resumption = ofResumption(account, invoice);
  if (resumption.length > 0) return resumption;
  const subscription = subscriptionOf(account, invoice);
  const isLate = status === "open" && dueDate !== null && subscription?.status === "active";
  return isLate && subscription.latest_invoice === invoice.id
    ? [{ at: dueDate, happen: () => becomeLate(account, subscription) }]
    : [];
}

/** Documented: a sent invoice that is not paid by its due date makes the subscription past due. */
function becomeLate(account: Account, subscription: Subscription): void {
  account.change("subscription", subscription, { status: "past_due" }, "customer.subscription.updated");
}
