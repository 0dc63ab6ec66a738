import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { type Interval, periodBoundary, type Recurrence } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { settleEnd } from "./final-invoice";
import { type Phase, phaseItems } from "./schedule-links";
import { applyPhase, releaseSchedule } from "./schedule-phases";
import { endSubscription, hasEnded } from "./subscription-end";
import { quantityAt, recurrenceOf, recurringPrice } from "./subscription-items";
import { subscriptionNamed } from "./subscriptions";

type Schedule = Kinds["subscription_schedule"];
type Asked = Stripe.SubscriptionScheduleUpdateParams.Phase;

function scheduleNamed({ store }: Account, id: string): Schedule {
  const schedule = store.get("subscription_schedule", id);
  if (schedule === undefined) throw missing("subscription schedule", id);
  return schedule;
}

/** Documented: from a subscription it has one phase, with the subscription's items, for its current period. */
function create({ account, params }: Call<Stripe.SubscriptionScheduleCreateParams>): Schedule {
  refuseUnbuilt(params, ["from_subscription"]);
  const { from_subscription: from } = params;
  if (from === undefined) {
    throw invalid("Missing required param: from_subscription.", "from_subscription", "parameter_missing");
  }
  const subscription = subscriptionNamed(account, from, "from_subscription");
  if (hasEnded(subscription)) throw invalid("This subscription has ended.", "from_subscription");
  if (subscription.schedule !== null) {
    throw invalid("This subscription is already attached to a schedule.", "from_subscription");
  }
  const [item] = subscription.items.data;
  const span = { start_date: item?.current_period_start ?? 0, end_date: item?.current_period_end ?? 0 };
  const { collection_method, default_payment_method, description } = subscription;
  const schedule: Schedule = {
    ...{ id: newId("sub_sched"), object: "subscription_schedule", application: null, canceled_at: null },
    ...{ billing_mode: subscription.billing_mode, completed_at: null, created: account.clock.now() },
    ...{ current_phase: span, customer: subscription.customer, customer_account: null, end_behavior: "release" },
    default_settings: {
      ...{ application_fee_percent: null, billing_cycle_anchor: "automatic", billing_thresholds: null },
      ...{ collection_method, default_payment_method, description, on_behalf_of: null, transfer_data: null },
      invoice_settings: {
        ...{ account_tax_ids: null, custom_fields: null, days_until_due: subscription.days_until_due },
        ...{ description: null, footer: null, issuer: { type: "self" } },
      },
    },
    ...{ livemode: false, metadata: {}, pause_schedules: [], released_at: null, released_subscription: null },
    phases: [phaseOf(subscription.currency, phaseItems(subscription), span, {})],
    ...{ status: "active", subscription: subscription.id, test_clock: null },
  };
  account.store.put("subscription_schedule", schedule);
  account.emit("subscription_schedule.created", schedule);
  account.change("subscription", subscription, { schedule: schedule.id }, "customer.subscription.updated");
  return schedule;
}

type Span = NonNullable<Schedule["current_phase"]>;

function phaseOf(currency: string, items: Phase["items"], span: Span, asked: Partial<Asked>): Phase {
  return {
    ...{ add_invoice_items: [], application_fee_percent: null, billing_cycle_anchor: null, billing_thresholds: null },
    ...{ collection_method: null, currency, default_payment_method: null, default_tax_rates: [], description: null },
    ...{ discounts: [], ...span, invoice_settings: null, items, metadata: mergedMetadata(asked.metadata) },
    ...{ on_behalf_of: null, proration_behavior: asked.proration_behavior ?? "create_prorations" },
    ...{ transfer_data: null, trial_end: null },
  };
}

const UPDATABLE = ["end_behavior", "metadata", "phases", "proration_behavior"];

function update(call: Call<Stripe.SubscriptionScheduleUpdateParams>): Schedule {
  const { account, params } = call;
  refuseUnbuilt(params, UPDATABLE);
  const before = livingSchedule(account, idOf(call));
  const changes: Partial<Schedule> = { metadata: mergedMetadata(params.metadata, before.metadata) };
  if (params.end_behavior !== undefined) {
    if (params.end_behavior !== "release" && params.end_behavior !== "cancel") {
      throw invalid("A schedule ends with release or cancel.", "end_behavior");
    }
    changes.end_behavior = params.end_behavior;
  }
  if (params.phases === undefined) {
    return account.change("subscription_schedule", before, changes, "subscription_schedule.updated");
  }
  const subscription = subscriptionNamed(account, idIn(before.subscription));
  const phases = phasesOf(account, before, params.phases, subscription.currency);
  const now = account.clock.now();
  const current = phases.find(({ start_date: start, end_date: end }) => start <= now && now < end);
  if (current === undefined) throw invalid("A phase must hold the present.", "phases");
  const span = { start_date: current.start_date, end_date: current.end_date };
  const all = { ...changes, phases, current_phase: span };
  const after = account.change("subscription_schedule", before, all, "subscription_schedule.updated");
  if (isOther(current.items, phaseItems(subscription))) {
    const { proration_behavior = "create_prorations" } = params;
    applyPhase(account, subscription, current, { proration_behavior });
  }
  return after;
}

function isOther(items: Phase["items"], others: Phase["items"]): boolean {
  const told = (list: Phase["items"]) => JSON.stringify(list.map(({ price, quantity }) => [price, quantity]).sort());
  return told(items) !== told(others);
}

/** Documented: each phase ends where the next begins, the first says when it starts; past ones may be left out. */
function phasesOf(account: Account, schedule: Schedule, asked: readonly Asked[], currency: string): Phase[] {
  const now = account.clock.now();
  const at = (time: number | "now" | undefined) => (time === "now" ? now : time);
  let start = at(asked[0]?.start_date);
  if (start === undefined) {
    throw invalid("The first phase must say when it starts.", "phases[0][start_date]", "parameter_missing");
  }
  if (start !== now && !schedule.phases.some((phase) => phase.start_date === start)) {
    throw invalid("You can not modify the start date of the current phase.", "phases[0][start_date]");
  }
  return asked.map((phase, index) => {
    const param = `phases[${index}]`;
    const begins = start ?? now;
    refuseUnbuilt(phase, ["duration", "end_date", "items", "metadata", "proration_behavior", "start_date"]);
    if ((at(phase.start_date) ?? begins) !== begins) {
      throw invalid("A phase starts when the one before it ends.", `${param}[start_date]`);
    }
    const items = itemsOf(account, phase, currency, param);
    start = endOf(account, phase, begins, param);
    return phaseOf(currency, items, { start_date: begins, end_date: start }, phase);
  });
}

function itemsOf(account: Account, phase: Asked, currency: string, param: string): Phase["items"] {
  const items = phase.items.map((item, place) => {
    refuseUnbuilt(item, ["metadata", "price", "quantity"]);
    const price = recurringPrice(account, item.price, `${param}[items][${place}][price]`, { mayBeMetered: true });
    const quantity = quantityAt(price, item.quantity, 1, `${param}[items][${place}][quantity]`);
    return { price, ...quantity, metadata: mergedMetadata(item.metadata) };
  });
  if (recurrenceOf(items).currency !== currency) throw invalid("A subscription keeps its currency.", `${param}[items]`);
  return items.map(({ price: { id }, quantity, metadata }) => ({
    ...{ billing_thresholds: null, discounts: [], metadata, plan: id, price: id, tax_rates: [] },
    ...(quantity === undefined ? {} : { quantity }),
  }));
}

/** Documented: `end_date` or `duration`. Assumed: with neither, it lasts as long as its items bill for. */
function endOf(account: Account, phase: Asked, start: number, param: string): number {
  const { duration, end_date: asked } = phase;
  if (duration !== undefined && asked !== undefined) {
    throw invalid("You may only specify one of these parameters: duration, end_date.", `${param}[end_date]`);
  }
  if (asked !== undefined) {
    const end = asked === "now" ? account.clock.now() : asked;
    if (end <= start) throw invalid("A phase ends after it starts.", `${param}[end_date]`);
    return end;
  }
  const priced = phase.items.map((item) => ({
    price: recurringPrice(account, item.price, `${param}[items]`, { mayBeMetered: true }),
  }));
  const { interval, count } = recurrenceOf(priced);
  const given = duration?.interval;
  const recurrence: Recurrence = isInterval(given)
    ? { interval: given, count: duration?.interval_count ?? 1 }
    : { interval, count };
  return periodBoundary(start, recurrence, 1);
}

function isInterval(word: string | undefined): word is Interval {
  return word === "day" || word === "week" || word === "month" || word === "year";
}

/** Documented: only a schedule that runs is changed, released or canceled. */
function livingSchedule(account: Account, id: string): Schedule {
  const schedule = scheduleNamed(account, id);
  if (schedule.status === "active") return schedule;
  throw invalid(`This subscription schedule is ${String(schedule.status)} and can no longer be changed.`);
}

function release(call: Call<Stripe.SubscriptionScheduleReleaseParams>): Schedule {
  refuseUnbuilt(call.params, []);
  return releaseSchedule(call.account, livingSchedule(call.account, idOf(call)));
}

/** Documented: its subscription ends at once; unless the request says otherwise, prorated and with a final invoice. */
function cancel(call: Call<Stripe.SubscriptionScheduleCancelParams>): Schedule {
  const { account, params } = call;
  refuseUnbuilt(params, ["invoice_now", "prorate"]);
  const schedule = livingSchedule(account, idOf(call));
  const subscription = subscriptionNamed(account, idIn(schedule.subscription));
  const settled = settleEnd(account, subscription, { invoice_now: true, prorate: true, ...params });
  const keepsProrations = params.invoice_now !== false || params.prorate !== false;
  endSubscription(account, settled, "cancellation_requested", { keepsProrations });
  return scheduleNamed(account, schedule.id);
}

function list({ account, params, url }: Call<Stripe.SubscriptionScheduleListParams>): object {
  refuseUnbuilt(params, ["created", "customer", "limit", "starting_after", "ending_before"]);
  const rows = account.store.all("subscription_schedule").filter((schedule) => {
    const isOf = (params.customer ?? schedule.customer) === schedule.customer;
    return isOf && isWithin(schedule.created, params.created);
  });
  return pageOf(rows, params, url, "subscription schedule");
}

export const SCHEDULES = [
  route("POST /v1/subscription_schedules", create),
  route("GET /v1/subscription_schedules", list),
  route("GET /v1/subscription_schedules/{id}", (call) => scheduleNamed(call.account, idOf(call))),
  route("POST /v1/subscription_schedules/{id}", update),
  route("POST /v1/subscription_schedules/{id}/release", release),
  route("POST /v1/subscription_schedules/{id}/cancel", cancel),
];
