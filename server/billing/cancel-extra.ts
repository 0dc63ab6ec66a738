import type { Seller } from "./seller";

/**
 * Cancels subscriptions that bill for the same thing again, at once: what was paid for the time to come goes to the customer's
 * balance at the seller, and so pays the next invoice. Twice is the same as once.
 */
export async function cancelExtra({ stripe }: Seller, subscriptionIds: readonly string[]): Promise<void> {
  for (const id of subscriptionIds) {
    const { status } = await stripe.subscriptions.retrieve(id);
    if (status === "canceled" || status === "incomplete_expired") continue;
    await stripe.subscriptions.cancel(
      id,
      { invoice_now: true, prorate: true },
      { idempotencyKey: `cancel-extra:${id}` },
    );
  }
}
