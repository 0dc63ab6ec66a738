import { isStatus } from "./status";
import type { StripeInvoice, StripeSubscription } from "./stripe-objects";

/** Whether an invoice is of a subscription. */
export function isOf({ id }: Pick<StripeSubscription, "id">, { parent }: StripeInvoice): boolean {
  const of = parent?.subscription_details?.subscription;
  return (typeof of === "string" ? of : of?.id) === id;
}

/** Whether money was ever paid for a subscription. */
export const hasPaid = (subscription: StripeSubscription, invoices: readonly StripeInvoice[]): boolean =>
  invoices.some((invoice) => isOf(subscription, invoice) && invoice.status === "paid" && invoice.amount_paid > 0);

interface Chosen {
  chosen: StripeSubscription | null;
  /** Live ones beside it, which bill for the same thing again. */
  others: readonly StripeSubscription[];
  standing: "live" | "incomplete" | "ended" | "unknown";
}

const ENDED = ["canceled", "incomplete_expired"];

const oldestFirst = (one: StripeSubscription, other: StripeSubscription) =>
  one.created - other.created || (one.id < other.id ? -1 : 1);

/** When it ended, with one that was in force before one that never was. */
const endOf = ({ status, ended_at: endedAt }: StripeSubscription) => (status === "canceled" ? (endedAt ?? 0) : -1);

/**
 * Which subscription of a customer counts: of live ones the oldest that was paid, else the oldest; where none lives, the newest
 * that waits for its first payment; else the one that ended last. A status nobody knows lives, as it may bill.
 */
export function chooseSubscription(
  subscriptions: readonly StripeSubscription[],
  invoices: readonly StripeInvoice[],
): Chosen {
  const sorted = [...subscriptions].sort(oldestFirst);
  const live = sorted.filter(({ status }) => status !== "incomplete" && !ENDED.includes(status));
  const kept = live.find((each) => hasPaid(each, invoices)) ?? live[0];
  if (kept !== undefined)
    return {
      ...{ chosen: kept, others: live.filter(({ id }) => id !== kept.id) },
      standing: isStatus(kept.status) ? "live" : "unknown",
    };
  const waiting = sorted.filter(({ status }) => status === "incomplete").at(-1);
  if (waiting !== undefined) return { chosen: waiting, others: [], standing: "incomplete" };
  const last = sorted.sort((one, other) => endOf(one) - endOf(other) || oldestFirst(one, other)).at(-1);
  return { chosen: last ?? null, others: [], standing: "ended" };
}
