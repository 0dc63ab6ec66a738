import { tidy } from "@/policies/entitlements/change-plan";
import type { Tx } from "@/db/tenancy";
import { canonicalJson } from "@/server/kernel/json";
import type { Stripe } from "@/server/platform/stripe";
import type { FetchedCustomer } from "./fetch-customer";
import { choiceOf } from "./living-plan";
import { type Change, markChange, openChange } from "./open-change";

const dateOf = (seconds: number) => new Date(seconds * 1000);

/** Whether a subscription has what a change asked for, and nothing of it waits. */
function isApplied(subscription: Stripe.Subscription, { plan, addOns, moreSeats }: Change): boolean {
  const known = choiceOf(subscription);
  if (known === null || subscription.pending_update !== null) return false;
  return canonicalJson({ ...tidy(known.choice) }) === canonicalJson({ plan, addOns, moreSeats });
}

/** Where the invoice is paid for which a change waits. */
function payPage({ latest_invoice: latest }: Stripe.Subscription, { invoices }: FetchedCustomer): string | null {
  const id = typeof latest === "string" ? latest : latest?.id;
  return invoices.find((invoice) => invoice.id === id)?.hosted_invoice_url ?? null;
}

/**
 * Brings the change that is under way to what was fetched: it counts now, it waits to be paid, or it was not paid in time or
 * taken back at the seller. Within the transaction that writes what was fetched.
 */
export async function settleChange(tx: Tx, tenantId: string, fetched: FetchedCustomer, now: Date): Promise<void> {
  const change = await openChange(tx, tenantId);
  // What was ordered as another customer says nothing of this one, nor this one of it.
  if (change === null || change.customerId !== fetched.customer.id) return;
  const subscription = fetched.subscriptions.find(({ id }) => id === change.subscriptionId);
  const settled = { settledAt: now };
  if (subscription === undefined || subscription.ended_at !== null)
    return markChange(tx, change, { status: "undone", ...settled });
  if (isApplied(subscription, change)) return markChange(tx, change, { status: "applied", ...settled });
  const { pending_update: pending, schedule } = subscription;
  if (pending !== null && change.status !== "scheduled")
    return markChange(tx, change, {
      ...{ status: "waiting", dueAt: dateOf(pending.expires_at), url: payPage(subscription, fetched) },
    });
  if (change.status === "waiting") return markChange(tx, change, { status: "lapsed", ...settled });
  if (change.status === "scheduled" && schedule === null)
    return markChange(tx, change, { status: "undone", ...settled });
}
