import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { ApiError, invalid } from "../http/errors";
import { featuresOf } from "../objects/portal-sessions";
import { intentOf } from "../objects/payment-intents";
import { ask } from "./ask";

type Session = Kinds["billing_portal.session"];
type Subscription = Kinds["subscription"];
type Price = Kinds["price"];

/** A change of plan that a customer has chosen. */
export interface Change {
  price: string;
  quantity: number;
  /** What its cost is reckoned from, in seconds: the same when it is shown and when it is made. */
  moment: number;
}

export interface Offer {
  price: Price;
  /** Null where the number stays as it is. */
  range: { min: number; max: number | null } | null;
}

/** What a customer may change a subscription to. Documented: nothing, when it has several items or a schedule. */
export function offersFor(account: Account, session: Session, { items, schedule }: Subscription): Offer[] {
  const { enabled, products, default_allowed_updates: allowed } = featuresOf(account, session).subscription_update;
  const [item, ...others] = items.data;
  if (!enabled || schedule !== null || item === undefined || others.length > 0) return [];
  return (products ?? []).flatMap(({ prices, adjustable_quantity: quantity }) => {
    const mayCount = allowed.includes("quantity") && quantity.enabled;
    const range = mayCount ? { min: quantity.minimum, max: quantity.maximum } : null;
    return prices.flatMap((id) => {
      const price = account.store.get("price", id);
      const isOffered = price?.active === true && (allowed.includes("price") || id === item.price.id);
      return isOffered ? [{ price, range }] : [];
    });
  });
}

/** Refuses a change that is not offered. */
function offered(account: Account, session: Session, subscription: Subscription, { price, quantity }: Change): Offer {
  const offer = offersFor(account, session, subscription).find((each) => each.price.id === price);
  if (offer === undefined) throw invalid("This plan is not offered.", "price");
  const before = subscription.items.data[0]?.quantity ?? 1;
  const { min, max } = offer.range ?? { min: before, max: before };
  if (quantity < min || quantity > (max ?? Infinity) || !Number.isInteger(quantity)) {
    throw invalid(`Choose a number from ${min}${max === null ? " on" : ` to ${max}`}.`, "quantity");
  }
  return offer;
}

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

/** Whether the configuration puts a change off until the period ends. Assumed: amounts are compared for one interval each. */
function isLater(account: Account, session: Session, { items }: Subscription, price: Price, quantity: number): boolean {
  const { conditions } = featuresOf(account, session).subscription_update.schedule_at_period_end;
  const [item] = items.data;
  const days = ({ recurring }: Price) => (DAYS[recurring?.interval ?? ""] ?? 0) * (recurring?.interval_count ?? 1);
  const amount = (each: Price, count: number) => Number(each.unit_amount_decimal ?? 0) * count;
  if (item === undefined) return false;
  return conditions.some(({ type }) =>
    type === "shortening_interval"
      ? days(price) < days(item.price)
      : amount(price, quantity) < amount(item.price, item.quantity ?? 1),
  );
}

function paramsOf(account: Account, session: Session, { items }: Subscription, change: Change) {
  const { proration_behavior: proration } = featuresOf(account, session).subscription_update;
  return {
    items: [{ id: items.data[0]?.id, price: change.price, quantity: change.quantity }],
    ...{ proration_behavior: proration, proration_date: change.moment },
  };
}

/** The invoice that a change would bring; null for one that is put off until the period ends. */
export function previewChange(account: Account, session: Session, subscription: Subscription, change: Change) {
  const { price } = offered(account, session, subscription, change);
  if (isLater(account, session, subscription, price, change.quantity)) return null;
  return ask<Kinds["invoice"]>(account, "POST /v1/invoices/create_preview", [], {
    subscription: subscription.id,
    subscription_details: paramsOf(account, session, subscription, change),
  });
}

/** Plans a change for the period's end, by a schedule that then lets go of the subscription. */
function putOff(account: Account, subscription: Subscription, { price, quantity }: Change): void {
  const from = { from_subscription: subscription.id };
  const { id, phases } = ask<Kinds["subscription_schedule"]>(account, "POST /v1/subscription_schedules", [], from);
  const [now] = phases;
  if (now === undefined) throw new Error(`${id} has no phase`);
  const items = now.items.map((item) => ({ price: idIn(item.price), quantity: item.quantity ?? 1 }));
  const current = { start_date: now.start_date, end_date: now.end_date, items };
  const params = { end_behavior: "release", phases: [current, { items: [{ price, quantity }] }] };
  ask(account, "POST /v1/subscription_schedules/{id}", [id], params);
}

/**
 * Makes a change. Assumed: a decline leaves everything as it was; a card that must be confirmed leads to its bank first, whose
 * payment intent is returned.
 */
export function makeChange(
  account: Account,
  session: Session,
  subscription: Subscription,
  change: Change,
): string | null {
  const { price } = offered(account, session, subscription, change);
  if (isLater(account, session, subscription, price, change.quantity)) {
    account.atomically(() => putOff(account, subscription, change));
    return null;
  }
  const { trial_update_behavior: trial } = featuresOf(account, session).subscription_update;
  if (subscription.status === "trialing" && trial === "end_trial") {
    throw invalid("The local billing sandbox does not implement trial_update_behavior=end_trial yet.", "price");
  }
  const params = paramsOf(account, session, subscription, change);
  const update = (payment: string) =>
    ask<Subscription>(account, "POST /v1/subscriptions/{id}", [subscription.id], {
      ...params,
      payment_behavior: payment,
    });
  try {
    update("error_if_incomplete");
    return null;
  } catch (error) {
    const isAsked = error instanceof ApiError && error.details.code === "invoice_payment_intent_requires_action";
    if (!isAsked) throw error;
  }
  const { latest_invoice: invoice } = update("allow_incomplete");
  return intentOf(account, idIn(invoice))?.id ?? null;
}
