import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { keepLine, waitingLines } from "./pending-lines";
import { proratedLine, unmetered } from "./proration-lines";
import { billNow } from "./subscription-change";
import { usageLines } from "./usage-lines";

type Subscription = Kinds["subscription"];

/**
 * Settles what a subscription that ends now still owes or is owed. Documented: `prorate` gives unused time back, `invoice_now`
 * bills that and what waits; without either, waiting prorations are removed when it ends.
 */
export function settleEnd(
  account: Account,
  subscription: Subscription,
  { invoice_now: isBilled = false, prorate = false }: { invoice_now?: boolean; prorate?: boolean },
): Subscription {
  const lines = prorate ? unusedTime(account, subscription, account.clock.now()) : [];
  if (!isBilled) {
    keepAll(account, subscription, lines);
    return subscription;
  }
  const all = [...usageUntilNow(account, subscription), ...lines];
  if (all.length + waitingLines(account, subscription).length === 0) return subscription;
  billNow(account, subscription, all, {});
  return account.store.get("subscription", subscription.id) ?? subscription;
}

/** What was used of a subscription in its present period; a trial's usage is free. */
export function usageUntilNow(account: Account, subscription: Subscription): LineDraft[] {
  return subscription.status === "trialing" ? [] : usageLines(account, subscription, account.clock.now());
}

/** Credits for what is left of a subscription's period after a moment; nothing of a trial was paid. */
export function unusedTime(account: Account, { status, items }: Subscription, moment: number): LineDraft[] {
  if (status === "trialing" || status === "incomplete") return [];
  return unmetered(items.data).map((item) => proratedLine(account, item, moment, -1));
}

/** Keeps lines for the next invoice of a subscription. */
export function keepAll(account: Account, { id, currency, customer }: Subscription, lines: readonly LineDraft[]): void {
  for (const line of lines) keepLine(account, { customer: idIn(customer), subscription: id, currency, line });
}
