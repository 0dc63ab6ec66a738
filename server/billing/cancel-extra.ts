import type { Seller } from "./seller";

/** Gives back what was charged for an invoice, to where it came from. What was given back already stays so. */
async function refundInvoice({ stripe }: Seller, invoice: string): Promise<void> {
  const { data } = await stripe.invoicePayments.list({ invoice, status: "paid", limit: 100 });
  for (const { payment } of data) {
    const intent = typeof payment.payment_intent === "string" ? payment.payment_intent : payment.payment_intent?.id;
    if (intent === undefined) continue;
    const before = await stripe.refunds.list({ payment_intent: intent, limit: 1 });
    if (before.data.length > 0) continue;
    await stripe.refunds.create(
      { payment_intent: intent, reason: "duplicate" },
      { idempotencyKey: `refund-extra:${intent}` },
    );
  }
}

/**
 * Cancels subscriptions that bill for the same thing again, at once, and gives all that they charged back to the card that paid
 * it: nothing of it was ever used. Twice is the same as once.
 */
export async function cancelExtra(seller: Seller, subscriptionIds: readonly string[]): Promise<void> {
  const { stripe } = seller;
  for (const id of subscriptionIds) {
    // The money first: who dies between the two finds a subscription that lives still, and begins again; one that has ended
    // nobody would look at again.
    for await (const invoice of stripe.invoices.list({ subscription: id, status: "paid", limit: 100 }))
      await refundInvoice(seller, invoice.id);
    const { status } = await stripe.subscriptions.retrieve(id);
    if (status !== "canceled" && status !== "incomplete_expired")
      await stripe.subscriptions.cancel(id, {}, { idempotencyKey: `cancel-extra:${id}` });
  }
}
