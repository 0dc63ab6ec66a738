import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { INCOMPLETE_SECONDS } from "../engine/first-payment";
import { invalid } from "../http/errors";
import { draftInvoice } from "./invoice-drafts";
import { chargeOutcome, paymentMethodNamed } from "./payment-methods";
import { methodFor } from "./payments";
import { waitingLines } from "./pending-lines";
import { expirePending } from "./pending-updates";
import type { Change } from "./proration-lines";
import { applyChange, billNow, changeToBill } from "./subscription-change";

type Subscription = Kinds["subscription"];

/** Documented: of a subscription that is charged, and only with what can wait. */
const HOLDABLE = ["expand", "items", "off_session", "payment_behavior", "proration_behavior", "proration_date"];

/**
 * Changes a subscription only once what that costs is paid. Documented: applied at once when nothing is due or the payment goes
 * through; else it waits 23 hours for its invoice.
 */
export function holdOrApply(account: Account, change: Change, params: Stripe.SubscriptionUpdateParams): Subscription {
  const { before, after } = change;
  refuseUnholdable(before, params);
  const { lines, isNow } = changeToBill(account, change, params.proration_behavior);
  if (!isNow || !isUnpaid(account, before, lines)) return applyChange(account, change, params);
  const isMoved = before.billing_cycle_anchor !== after.billing_cycle_anchor;
  const held: Subscription = {
    ...before,
    pending_update: {
      ...{ billing_cycle_anchor: isMoved ? after.billing_cycle_anchor : null, cancel_at_period_end: null },
      ...{ discount: null, discounts: null, expires_at: account.clock.now() + INCOMPLETE_SECONDS, metadata: null },
      ...{ subscription_items: after.items.data, trial_end: null, trial_from_plan: null },
    },
  };
  account.store.put("subscription", held);
  billNow(account, held, lines, {});
  const now = account.store.get("subscription", held.id) ?? held;
  return account.change("subscription", before, now, "customer.subscription.updated");
}

function refuseUnholdable({ collection_method: collection }: Subscription, params: object): void {
  const other = Object.keys(params).find((name) => !HOLDABLE.includes(name));
  if (other !== undefined) throw invalid(`A pending update cannot hold ${other}.`, other);
  if (collection === "send_invoice") {
    throw invalid("Pending updates are for subscriptions that are charged automatically.", "payment_behavior");
  }
}

/** Whether lines and what waits come to something that the payment method at hand does not pay. */
function isUnpaid(account: Account, subscription: Subscription, lines: Parameters<typeof billNow>[2]): boolean {
  const drafts = [...waitingLines(account, subscription).map(({ line }) => line), ...lines];
  const { total } = draftInvoice(account, { subscription, drafts, reason: "subscription_update", finalizesAt: null });
  const balance = account.store.get("customer", idIn(subscription.customer))?.balance ?? 0;
  const method = methodFor(account, subscription);
  if (total + balance <= 0) return false;
  return method === null || chargeOutcome(account, paymentMethodNamed(account, method)).kind !== "succeeds";
}

/** What time brings to a pending update. */
export function ofPendingUpdate(account: Account, subscription: Subscription): { at: number; happen: () => void }[] {
  const at = subscription.pending_update?.expires_at;
  return at === undefined ? [] : [{ at, happen: () => void expirePending(account, subscription) }];
}
