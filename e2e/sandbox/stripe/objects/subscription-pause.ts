import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { INCOMPLETE_SECONDS } from "../engine/first-payment";
import { periodAt, periodBoundary } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { invalid } from "../http/errors";
import { type Call, idOf, route } from "../http/route";
import { keepAll, unusedTime, usageUntilNow } from "./final-invoice";
import { closeInvoice } from "./invoice-close";
import { proratedLine, unmetered } from "./proration-lines";
import { isResumption, resumed } from "./resumption";
import { billNow, momentOf } from "./subscription-change";
import { fullLines, recurrenceOf } from "./subscription-items";
import { subscriptionNamed } from "./subscriptions";
import { countFrom } from "./usage-lines";

type Subscription = Kinds["subscription"];

/** Documented: it bills nothing and begins no period until it is resumed; not with a schedule. */
function pause(call: Call<Stripe.SubscriptionPauseParams>): Subscription {
  const { account, params } = call;
  refuseUnbuilt(params, ["bill_for", "invoicing_behavior", "type"]);
  const before = subscriptionNamed(account, idOf(call));
  if (before.schedule !== null) throw invalid("A subscription with a schedule cannot be paused.");
  if (before.status !== "active")
    throw invalid(`Only an active subscription is paused, not one that is ${before.status}.`);
  const bills = params.bill_for ?? {};
  const used = bills.outstanding_usage_through?.type === "none" ? [] : usageUntilNow(account, before);
  const lines = [...used, ...givenBack(account, before, bills)];
  countFrom(account, before.items.data, account.clock.now());
  if (params.invoicing_behavior === "invoice" && lines.length > 0) billNow(account, before, lines, {});
  else keepAll(account, before, lines);
  const kept = subscriptionNamed(account, before.id);
  const changes = { status: "paused" as const, status_details: pausedSince(account, "pause_requested") };
  return account.change("subscription", kept, changes, "customer.subscription.paused");
}

function givenBack(
  account: Account,
  subscription: Subscription,
  { unused_time_from }: Stripe.SubscriptionPauseParams.BillFor,
) {
  const from = unused_time_from?.type ?? "now";
  if (from === "none") return [];
  const start = subscription.items.data[0]?.current_period_start ?? 0;
  return unusedTime(account, subscription, from === "now" ? account.clock.now() : start);
}

/** What a paused subscription says of it. */
export function pausedSince({ clock }: Account, type: "pause_requested" | "trial_end_without_payment_method") {
  return { paused: { subscription: { type }, transitioned_at: clock.now(), type: "subscription" as const } };
}

/**
 * Documented: by default a new period begins and is charged at once; with `unchanged` the time that is left of the period. With no
 * invoice it is active at once, else when the invoice is paid or, unless the payment must succeed, when it was tried.
 */
function resume(call: Call<Stripe.SubscriptionResumeParams>): Subscription {
  const { account, params } = call;
  refuseUnbuilt(params, ["billing_cycle_anchor", "payment_behavior", "proration_behavior", "proration_date"]);
  const before = subscriptionNamed(account, idOf(call));
  if (before.status !== "paused") throw invalid("Only a paused subscription can be resumed.");
  if (before.collection_method === "send_invoice") {
    throw invalid("Only subscriptions that are charged automatically can be resumed.");
  }
  const { rolled, lines, isNow } = resumption(account, before, params);
  if (!isNow) keepAll(account, rolled, lines);
  if (!isNow || lines.length === 0) return resumed(account, { ...rolled, status: "active" });
  account.store.put("subscription", rolled);
  billNow(account, rolled, lines, {});
  const billed = subscriptionNamed(account, before.id);
  const invoice = account.store.get("invoice", idIn(billed.latest_invoice));
  if (invoice?.status === "paid") {
    return billed.status === "paused" ? resumed(account, { ...billed, status: "active" }) : billed;
  }
  account.store.put("notice", { id: `resumption ${idIn(billed.latest_invoice)}`, object: "notice" });
  if (params.payment_behavior === "resume_on_payment_success") return billed;
  // Assumed: once payment was tried in vain, it is past due.
  return resumed(account, { ...billed, status: "past_due" });
}

function resumption(account: Account, before: Subscription, params: Stripe.SubscriptionResumeParams) {
  const recurrence = recurrenceOf(before.items.data);
  const isKept = params.billing_cycle_anchor?.type === "unchanged";
  const now = account.clock.now();
  const period = isKept
    ? periodAt(before.billing_cycle_anchor, recurrence, now)
    : { start: now, end: periodBoundary(now, recurrence, 1) };
  const data = before.items.data.map((item) => ({
    ...{ ...item, current_period_start: period.start, current_period_end: period.end },
  }));
  const items = { ...before.items, data };
  const rolled: Subscription = { ...before, items, billing_cycle_anchor: isKept ? before.billing_cycle_anchor : now };
  if (!isKept) {
    return { rolled, lines: fullLines(account, data, period), isNow: true };
  }
  const proration = params.proration_behavior ?? "create_prorations";
  const moment = momentOf(account, rolled, params.proration_date);
  const lines: LineDraft[] =
    proration === "none" ? [] : unmetered(data).map((item) => proratedLine(account, item, moment, 1));
  return { rolled, lines, isNow: proration === "always_invoice" };
}

/** Documented: an invoice of a resumption that is not paid within 23 hours is void, and the subscription stays paused. */
export function ofResumption(account: Account, invoice: Kinds["invoice"]): { at: number; happen: () => void }[] {
  const { subscription } = invoice.parent?.subscription_details ?? {};
  if (invoice.status !== "open" || typeof subscription !== "string" || !isResumption(account, invoice)) return [];
  if (account.store.get("subscription", subscription)?.status !== "paused") return [];
  const happen = () => void closeInvoice(account, invoice, "void");
  return [{ at: invoice.created + INCOMPLETE_SECONDS, happen }];
}

export const SUBSCRIPTION_PAUSES = [
  route("POST /v1/subscriptions/{id}/pause", pause),
  route("POST /v1/subscriptions/{id}/resume", resume),
];
