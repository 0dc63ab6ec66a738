import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";

type Schedule = Kinds["subscription_schedule"];
type Subscription = Kinds["subscription"];
export type Phase = Schedule["phases"][number];

/** A subscription's items as a phase names them. */
export function phaseItems({ items }: Subscription): Phase["items"] {
  return items.data.map(({ price, quantity, metadata }) => ({
    ...{ billing_thresholds: null, discounts: [], metadata, plan: price.id, price: price.id, tax_rates: [] },
    ...(quantity === undefined ? {} : { quantity }),
  }));
}

function scheduleOf({ store }: Account, { schedule }: Subscription): Schedule | undefined {
  return schedule === null ? undefined : store.get("subscription_schedule", idIn(schedule));
}

/** Assumed: a schedule is canceled with its subscription. */
export function abandonSchedule(account: Account, subscription: Subscription): void {
  const schedule = scheduleOf(account, subscription);
  if (schedule?.status !== "active") return;
  const changes = { status: "canceled" as const, canceled_at: account.clock.now(), current_phase: null };
  account.change("subscription_schedule", schedule, changes, "subscription_schedule.canceled");
}

/** Assumed: when a subscription's items are changed, the phase that it is in follows. */
export function followItems(account: Account, subscription: Subscription): void {
  const schedule = scheduleOf(account, subscription);
  if (schedule === undefined) return;
  const items = phaseItems(subscription);
  const isCurrent = ({ start_date: start }: Phase) => start === schedule.current_phase?.start_date;
  const phases = schedule.phases.map((phase) => (isCurrent(phase) ? { ...phase, items } : phase));
  account.change("subscription_schedule", schedule, { phases }, "subscription_schedule.updated");
}
