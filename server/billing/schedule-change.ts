import type { Stripe } from "@/server/platform/stripe";
import type { LivingPlan } from "./living-plan";
import type { Change } from "./open-change";
import type { Seller } from "./seller";
import type { WeighedChange } from "./weigh-change";

const scheduleOf = ({ schedule }: Stripe.Subscription): string | null =>
  typeof schedule === "string" ? schedule : (schedule?.id ?? null);

/**
 * Lets a subscription go on by itself: a schedule that holds it is released, and a change that waits to be paid given up with its
 * invoice. Twice is the same as once.
 */
export async function makeWay({ stripe }: Seller, subscription: Stripe.Subscription): Promise<void> {
  const { pending_update: pending, latest_invoice: latest } = subscription;
  const invoice = typeof latest === "string" ? latest : latest?.id;
  if (pending !== null && invoice !== undefined) await stripe.invoices.voidInvoice(invoice);
  const id = scheduleOf(subscription);
  if (id === null) return;
  const { status } = await stripe.subscriptionSchedules.retrieve(id);
  if (status === "active" || status === "not_started") await stripe.subscriptionSchedules.release(id);
}

type Item = { price: string; quantity?: number };

const asItem = ({ price, quantity }: { price: string; quantity?: number | undefined }): Item =>
  quantity === undefined ? { price } : { price, quantity };

/**
 * Schedules a change for the end of the period: until then all stays, after it the new items count without proration, and the
 * schedule lets go. The subscription has no schedule any more.
 */
export async function scheduleChange(
  { stripe }: Seller,
  { subscription, period }: LivingPlan,
  { lines }: WeighedChange,
  row: Change,
): Promise<void> {
  // A try that died between the two calls left a schedule that was released since: the next one is another.
  const before = scheduleOf(subscription) ?? "none";
  const schedule = await stripe.subscriptionSchedules.create(
    { from_subscription: subscription.id },
    { idempotencyKey: `change:${row.id}:after:${before}` },
  );
  const now = subscription.items.data.map(({ price, quantity }) => asItem({ price: price.id, quantity }));
  await stripe.subscriptionSchedules.update(
    schedule.id,
    {
      end_behavior: "release",
      metadata: { change: row.id },
      phases: [
        { items: now, start_date: period.start, end_date: period.end, proration_behavior: "none" },
        { items: lines.map(asItem), duration: { interval: "month", interval_count: 1 }, proration_behavior: "none" },
      ],
    },
    { idempotencyKey: `change:${row.id}:phases:${schedule.id}` },
  );
}
