import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { once } from "./notices";
import type { Phase } from "./schedule-links";
import { applyChange, type Billing, withItems } from "./subscription-change";
import { endSubscription } from "./subscription-end";

type Schedule = Kinds["subscription_schedule"];
type Subscription = Kinds["subscription"];

// Documented: seven days before a schedule expires.
const EXPIRY_NOTICE = 7 * 24 * 60 * 60;

/** What time brings to a schedule: its next phase, its end, and word of that. */
export function ofSchedule(account: Account, schedule: Schedule): { at: number; happen: () => void }[] {
  const { current_phase: current, id } = schedule;
  if (schedule.status !== "active" || current === null) return [];
  const last = schedule.phases.at(-1)?.end_date ?? current.end_date;
  const notice = Math.max(schedule.created, last - EXPIRY_NOTICE);
  const tell = () => account.emit("subscription_schedule.expiring", schedule);
  const next = schedule.phases.find(({ start_date: start }) => start === current.end_date);
  const happen = () => {
    if (next === undefined) endSchedule(account, schedule);
    else enter(account, schedule, next);
  };
  return [...once(account, `expiring ${id} ${last}`, notice, tell), { at: current.end_date, happen }];
}

function subscriptionOf({ store }: Account, { subscription }: Schedule): Subscription {
  const found = store.get("subscription", idIn(subscription));
  if (found === undefined) throw new Error("the subscription of a schedule is gone");
  return found;
}

function enter(account: Account, schedule: Schedule, phase: Phase): void {
  const billing = { proration_behavior: phase.proration_behavior, isByTime: true };
  applyPhase(account, subscriptionOf(account, schedule), phase, billing);
  const current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  account.change("subscription_schedule", schedule, { current_phase }, "subscription_schedule.updated");
}

/** Gives a subscription the items of a phase. Documented: the phase's metadata are added to the subscription's. */
export function applyPhase(account: Account, before: Subscription, phase: Phase, billing: Billing): void {
  const moment = account.clock.now();
  const changed = withItems(account, before, askedBy(phase, before), moment, { mayBeInactive: true });
  const after = { ...changed, metadata: { ...changed.metadata, ...phase.metadata } };
  applyChange(account, { before, after, moment }, billing);
}

/** A phase's items as changes: an item stays the same while its price does, others take each other's place. */
function askedBy(phase: Phase, { items }: Subscription) {
  const free = items.data.filter((item) => !phase.items.some(({ price }) => price === item.price.id));
  const asked = phase.items.map(({ price, quantity }) => {
    const kept = items.data.find((item) => item.price.id === price) ?? free.shift();
    const how = { price: idIn(price), ...(quantity === undefined ? {} : { quantity }) };
    return kept === undefined ? how : { id: kept.id, ...how };
  });
  return [...asked, ...free.map(({ id }) => ({ id, deleted: true }))];
}

/** Documented: when its last phase ends, a schedule lets go of its subscription or cancels it. */
function endSchedule(account: Account, schedule: Schedule): void {
  if (schedule.end_behavior !== "cancel") {
    releaseSchedule(account, schedule);
    return;
  }
  const subscription = subscriptionOf(account, schedule);
  const done = { status: "completed" as const, completed_at: account.clock.now(), current_phase: null };
  account.change("subscription_schedule", schedule, done, "subscription_schedule.completed");
  endSubscription(account, subscription, "cancellation_requested");
}

/** Lets a subscription go on by itself. */
export function releaseSchedule(account: Account, schedule: Schedule): Schedule {
  const subscription = subscriptionOf(account, schedule);
  account.change("subscription", subscription, { schedule: null }, "customer.subscription.updated");
  const changes: Partial<Schedule> = {
    ...{ status: "released", released_at: account.clock.now(), released_subscription: subscription.id },
    ...{ subscription: null, current_phase: null },
  };
  return account.change("subscription_schedule", schedule, changes, "subscription_schedule.released");
}
