import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { subscriptionOf } from "./payments";
import { dropLine } from "./pending-lines";
import { abandonSchedule } from "./schedule-links";

type Subscription = Kinds["subscription"];
type Reason = "cancellation_requested" | "payment_failed";

const ENDED = new Set<string>(["canceled", "incomplete_expired"]);

/** Whether a subscription is over for good. */
export function hasEnded({ status }: Subscription): boolean {
  return ENDED.has(status);
}

/** Ends a subscription now. Documented: open invoices stay, and are no longer collected by themselves. */
export function endSubscription(
  account: Account,
  subscription: Subscription,
  reason: Reason,
  { keepsProrations = false } = {},
): Subscription {
  const now = account.clock.now();
  const after: Subscription = {
    ...{ ...subscription, status: "canceled", canceled_at: subscription.canceled_at ?? now, ended_at: now },
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...subscription.cancellation_details,
      reason,
    },
  };
  account.store.put("subscription", after);
  abandonSchedule(account, after);
  account.emit("customer.subscription.deleted", after);
  // Documented for an end that neither prorates nor makes a final invoice: waiting prorations are removed.
  for (const { id, subscription: of, line } of account.store.all("pending_line")) {
    if (of === subscription.id && line.isProration && !keepsProrations) dropLine(account, id);
  }
  const isOpen = (invoice: Kinds["invoice"]) =>
    ["draft", "open"].includes(String(invoice.status)) && subscriptionOf(account, invoice)?.id === subscription.id;
  for (const invoice of account.store.all("invoice").filter(isOpen)) {
    const changes = { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null };
    account.change("invoice", invoice, changes, "invoice.updated");
  }
  return after;
}

/** Documented: deleting a customer cancels its subscriptions at once. */
export function endAllOf(account: Account, customer: string): void {
  for (const subscription of account.store.all("subscription")) {
    if (subscription.customer === customer && !hasEnded(subscription)) {
      endSubscription(account, subscription, "cancellation_requested");
    }
  }
}
