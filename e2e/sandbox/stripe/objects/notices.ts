import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { upcomingInvoice } from "./invoice-previews";

const DAY = 24 * 60 * 60;
/** Documented: three days before a trial ends. */
const TRIAL_NOTICE = 3 * DAY;
/** Documented: some days before a renewal, by a setting. Assumed: three. */
const RENEWAL_NOTICE = 3 * DAY;

type Subscription = Kinds["subscription"];

/** What is told ahead of a subscription's renewal or of its trial's end, each once. */
export function noticesOf(account: Account, subscription: Subscription): { at: number; happen: () => void }[] {
  const { id, status, trial_end: trialEnd, start_date: start } = subscription;
  const [item] = subscription.items.data;
  if (item === undefined || subscription.cancel_at_period_end) return [];
  const dues = [];
  if (status === "trialing" && trialEnd !== null) {
    // Assumed: a shorter trial's end is told at once.
    const tell = () => account.emit("customer.subscription.trial_will_end", subscription);
    dues.push(once(account, `trial_will_end ${id} ${trialEnd}`, Math.max(start, trialEnd - TRIAL_NOTICE), tell));
  }
  const at = item.current_period_end - RENEWAL_NOTICE;
  const isCharged = subscription.collection_method === "charge_automatically";
  if ((status === "active" || status === "trialing") && isCharged && at >= item.current_period_start) {
    const tell = () => account.emit("invoice.upcoming", upcomingInvoice(account, subscription));
    dues.push(once(account, `upcoming ${id} ${item.current_period_end}`, at, tell));
  }
  return dues.flat();
}

/** Something that time brings once, under a name of its own. */
export function once({ store }: Account, id: string, at: number, tell: () => void) {
  if (store.get("notice", id) !== undefined) return [];
  const happen = () => {
    store.put("notice", { id, object: "notice" });
    tell();
  };
  return [{ at, happen }];
}
