import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { closeInvoice } from "./invoice-close";
import { countFrom } from "./usage-lines";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

/** Whether an invoice is the one whose payment a pending update waits for. */
export function isAwaited({ id }: Invoice, { latest_invoice: latest, pending_update: pending }: Subscription): boolean {
  return pending !== null && latest === id;
}

/** Documented: once its invoice is paid, a pending update is applied. */
export function applyPending(account: Account, before: Subscription): Subscription {
  const { pending_update: pending, items } = before;
  if (pending === null) return before;
  const anchor = pending.billing_cycle_anchor;
  const [now] = items.data;
  // A period that has begun since goes on, unless the update begins one.
  const period =
    anchor === null && now !== undefined
      ? { current_period_start: now.current_period_start, current_period_end: now.current_period_end }
      : {};
  const data = (pending.subscription_items ?? []).map((item) => ({ ...item, ...period }));
  const isNew = (item: (typeof data)[number]) =>
    !items.data.some(({ id, price }) => id === item.id && price.id === item.price.id);
  const after: Subscription = {
    ...{ ...before, pending_update: null, items: { ...items, data } },
    billing_cycle_anchor: anchor ?? before.billing_cycle_anchor,
  };
  countFrom(account, data.filter(isNew), account.clock.now());
  account.store.put("subscription", after);
  account.emit("customer.subscription.pending_update_applied", after);
  account.emit("customer.subscription.updated", after, { items, pending_update: pending });
  return after;
}

/** Documented: an update that is not paid in time is discarded, with its invoice. */
export function expirePending(account: Account, subscription: Subscription): Subscription {
  const invoice = account.store.get("invoice", idIn(subscription.latest_invoice));
  if (invoice?.status === "open") closeInvoice(account, invoice, "void");
  return discardPending(account, subscription);
}

/** Assumed: an update whose invoice is made void is discarded too. */
export function discardPending(account: Account, subscription: Subscription): Subscription {
  const changes = { pending_update: null };
  return account.change("subscription", subscription, changes, "customer.subscription.pending_update_expired");
}
