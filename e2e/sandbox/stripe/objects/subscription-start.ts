import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { firstPayment, type PaymentBehavior, statusAtStart } from "../engine/first-payment";
import { periodBoundary } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { customerNamed } from "./living-customer";
import { redeemFor } from "./discounts";
import { finalizeInvoice, makeInvoice } from "./invoice-drafts";
import { needsAction } from "./invoices";
import { chargeOutcome, declineOf, paymentMethodNamed } from "./payment-methods";
import { collect, methodFor } from "./payments";
import { hasEnded } from "./subscription-end";
import { fullLines, makeItem, recurrenceOf, recurringPrice } from "./subscription-items";

type Subscription = Kinds["subscription"];
export type StartParams = Pick<
  Stripe.SubscriptionCreateParams,
  | "billing_mode"
  | "cancel_at_period_end"
  | "collection_method"
  | "customer"
  | "days_until_due"
  | "default_payment_method"
  | "description"
  | "discounts"
  | "items"
  | "metadata"
  | "off_session"
  | "payment_behavior"
  | "proration_behavior"
  | "trial_end"
  | "trial_period_days"
  | "trial_settings"
>;

const BUILT = [
  ...[
    "billing_mode",
    "cancel_at_period_end",
    "collection_method",
    "customer",
    "days_until_due",
    "default_payment_method",
  ],
  ...[
    "description",
    "discounts",
    "items",
    "metadata",
    "off_session",
    "payment_behavior",
    "proration_behavior",
    "trial_end",
  ],
  ...["trial_period_days", "trial_settings"],
];
const DAY = 24 * 60 * 60;

/** Makes a subscription with its first invoice, and tries the first payment as `payment_behavior` says. */
export function startSubscription(account: Account, params: StartParams): Subscription {
  refuseUnbuilt(params, BUILT);
  refuseUnbuilt(params.trial_settings?.end_behavior ?? {}, ["missing_payment_method"]);
  const { begun, drafts } = beginning(account, params);
  const reason = "subscription_create" as const;
  const draft = makeInvoice(account, { subscription: begun, drafts, reason, finalizesAt: null });
  const isTrial = begun.trial_end !== null;
  const balance = customerNamed(account, idIn(begun.customer)).balance;
  const dueCents = Math.max(0, draft.total + balance);
  const collection = begun.collection_method === "send_invoice" ? "send_invoice" : "charge_automatically";
  const status = statusAtStart({ isTrial, dueCents, collection });
  const made = { ...begun, status, latest_invoice: draft.id };
  account.store.put("subscription", made);
  account.emit("customer.subscription.created", made);
  const invoice = finalizeInvoice(account, draft);
  if (status === "incomplete") payFirst(account, made, invoice, behaviorOf(params));
  return account.store.get("subscription", made.id) ?? made;
}

/** A new subscription, kept without an invoice yet, and what its first one bills. */
export function beginning(account: Account, params: StartParams): { begun: Subscription; drafts: LineDraft[] } {
  const plain = prepared(account, params);
  const isTrial = plain.trial_end !== null;
  const period = { start: account.clock.now(), end: plain.items.data[0]?.current_period_end ?? 0 };
  const drafts = fullLines(account, plain.items.data, period, isTrial);
  // The invoice is made for the subscription as it will be, so that its discounts count.
  account.store.put("subscription", plain);
  const begun = { ...plain, discounts: redeemFor(account, params.discounts || [], plain) };
  account.store.put("subscription", begun);
  return { begun, drafts };
}

function behaviorOf(params: StartParams): PaymentBehavior {
  const behavior: string = params.payment_behavior ?? "allow_incomplete";
  if (behavior === "allow_incomplete" || behavior === "default_incomplete" || behavior === "error_if_incomplete")
    return behavior;
  throw invalid(
    "A new subscription has nothing that could stay as it is: pending_if_incomplete is for updates.",
    "payment_behavior",
  );
}

function payFirst(
  account: Account,
  subscription: Subscription,
  invoice: Kinds["invoice"],
  behavior: PaymentBehavior,
): void {
  const method = methodFor(account, subscription);
  if (behavior === "default_incomplete") return;
  if (method === null) {
    throw invalid(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method.",
      undefined,
      "resource_missing",
    );
  }
  const outcome = chargeOutcome(account, paymentMethodNamed(account, method, "default_payment_method"));
  if (firstPayment(behavior, outcome) === "refused") throw declineOf(outcome) ?? needsAction();
  collect(account, invoice, method);
}

function trialEndOf({ trial_end: end, trial_period_days: days }: StartParams, now: number): number | null {
  if (end !== undefined && days !== undefined) {
    throw invalid("You may only specify one of these parameters: trial_end, trial_period_days.", "trial_end");
  }
  if (days !== undefined) {
    // Assumed: two years at most.
    if (!Number.isInteger(days) || days < 0 || days > 730)
      throw invalid("Invalid trial_period_days.", "trial_period_days");
    return days === 0 ? null : now + days * DAY;
  }
  if (end === undefined || end === "now") return null;
  if (end <= now) throw invalid("trial_end must be in the future.", "trial_end");
  return end;
}

function methodOf(account: Account, id: string | undefined, customer: string): string | null {
  if (id === undefined) return null;
  if (account.store.get("payment_method", id)?.customer !== customer)
    throw missing("PaymentMethod", id, "default_payment_method");
  return id;
}

/** Documented: a customer's living subscriptions share one currency; without any, a new one may bring another. */
function lockCurrency(account: Account, customer: Kinds["customer"], currency: string): void {
  const living = account.store.all("subscription").filter((each) => each.customer === customer.id && !hasEnded(each));
  const other = living.find((each) => each.currency !== currency);
  if (other !== undefined) {
    const message = "You cannot combine currencies on a single customer.";
    throw invalid(`${message} This customer has an active subscription in ${other.currency}.`, "currency");
  }
  account.change("customer", customer, { currency }, "customer.updated");
}

function prepared(account: Account, params: StartParams): Subscription {
  const now = account.clock.now();
  const customer = customerNamed(account, params.customer ?? "", "customer");
  const asked = params.items ?? [];
  const { currency, ...recurrence } = recurrenceOf(
    asked.map((item, index) => ({
      price: recurringPrice(account, item.price, `items[${index}][price]`, { mayBeMetered: true }),
    })),
  );
  lockCurrency(account, customer, currency);
  const trialEnd = trialEndOf(params, now);
  const period = { start: now, end: trialEnd ?? periodBoundary(now, recurrence, 1) };
  const collection = params.collection_method ?? "charge_automatically";
  if (collection === "send_invoice" && params.days_until_due === undefined) {
    throw invalid("Missing required param: days_until_due.", "days_until_due", "parameter_missing");
  }
  const id = newId("sub");
  const data = asked.map((item, index) => makeItem(account, item, id, period, `items[${index}]`));
  return {
    ...{ id, object: "subscription", application: null, application_fee_percent: null },
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    ...{ billing_cycle_anchor: trialEnd ?? now, billing_cycle_anchor_config: null, billing_schedules: [] },
    billing_mode: { flexible: null, type: params.billing_mode?.type ?? "classic" },
    ...{ billing_thresholds: null, cancel_at: null, cancel_at_period_end: false, canceled_at: null },
    ...{ cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null } },
    ...{ collection_method: collection, created: now, currency, customer: customer.id, customer_account: null },
    ...{ days_until_due: params.days_until_due ?? null, default_source: null, default_tax_rates: [] },
    ...{ default_payment_method: methodOf(account, params.default_payment_method, customer.id) },
    ...{ description: params.description ?? null, discounts: [], ended_at: null },
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", data, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    ...{ latest_invoice: null, livemode: false, managed_payments: null, metadata: mergedMetadata(params.metadata) },
    ...{ next_pending_invoice_item_invoice: null, on_behalf_of: null, pause_collection: null },
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    ...{ pending_invoice_item_interval: null, pending_setup_intent: null, pending_update: null, schedule: null },
    ...{ start_date: now, status: "incomplete", test_clock: null, transfer_data: null },
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: params.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
      },
    },
    ...{ trial_end: trialEnd, trial_start: trialEnd === null ? null : now },
    ...(params.cancel_at_period_end === true
      ? { cancel_at_period_end: true, cancel_at: period.end, canceled_at: now }
      : {}),
  };
}
