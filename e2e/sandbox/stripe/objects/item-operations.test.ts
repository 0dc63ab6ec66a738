import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("an item of a subscription", () => {
  it("is added, changed and removed on its own, each prorated", async () => {
    const { stripe, begin, enterprise, customer } = await shop();
    const subscription = await begin();
    const added = await stripe.subscriptionItems.create({ subscription: subscription.id, price: enterprise.id });
    expect(added).toMatchObject({ quantity: 1, subscription: subscription.id });
    expect((await stripe.subscriptionItems.update(added.id, { quantity: 3 })).quantity).toBe(3);
    expect((await stripe.subscriptionItems.list({ subscription: subscription.id })).data).toHaveLength(2);
    expect(await stripe.subscriptionItems.del(added.id)).toMatchObject({ id: added.id, deleted: true });
    expect((await refusalOf(stripe.subscriptionItems.retrieve(added.id))).statusCode).toBe(404);
    expect((await stripe.invoiceItems.list({ customer, limit: 100 })).data).toHaveLength(4);
  });

  it("is billed at once when it is told to", async () => {
    const { stripe, begin, latest, enterprise } = await shop();
    const { id, start_date: proration_date } = await begin();
    const how = { proration_behavior: "always_invoice" as const, proration_date };
    await stripe.subscriptionItems.create({ subscription: id, price: enterprise.id, ...how });
    expect(await latest(id)).toMatchObject({ total: 9000, status: "paid" });
  });

  it("is not removed when it is the only one, and needs a price that fits", async () => {
    const { stripe, begin, yearly } = await shop();
    const subscription = await begin();
    expect((await refusalOf(stripe.subscriptionItems.del(itemOf(subscription)))).statusCode).toBe(400);
    const other = stripe.subscriptionItems.create({ subscription: subscription.id, price: yearly.id });
    expect(await refusalOf(other)).toMatchObject({ param: "items" });
    expect((await stripe.subscriptionItems.list({ subscription: subscription.id })).data).toHaveLength(1);
  });
});

describe("a discount of a subscription", () => {
  it("is removed, and the next invoice is whole", async () => {
    const { stripe, begin, pass, latest } = await shop();
    const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    const { id } = await begin({ discounts: [{ coupon }] });
    expect(await stripe.subscriptions.deleteDiscount(id)).toMatchObject({ object: "discount", deleted: true });
    expect((await refusalOf(stripe.subscriptions.deleteDiscount(id))).statusCode).toBe(404);
    await pass(32 * DAY);
    expect((await latest(id)).total).toBe(3000);
  });
});

describe("an end at once", () => {
  it("gives unused time back and bills what waits, when it is told to", async () => {
    const { stripe, begin, latest, customer } = await shop();
    const { id } = await begin();
    await stripe.invoiceItems.create({ customer, subscription: id, amount: 10_000, currency: "usd" });
    await stripe.subscriptions.cancel(id, { invoice_now: true, prorate: true });
    const invoice = await latest(id);
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([10_000, expect.any(Number)]);
    expect(invoice).toMatchObject({ status: "paid" });
    expect(invoice.total).toBeLessThan(7100);
  });

  it("keeps the credit waiting when it is not to be billed, and drops prorations when neither is asked", async () => {
    const { stripe, begin, customer } = await shop();
    const [kept, dropped] = [await begin(), await begin()];
    await stripe.subscriptions.update(dropped.id, { items: [{ id: itemOf(dropped), quantity: 2 }] });
    await stripe.subscriptions.cancel(dropped.id);
    expect((await stripe.invoiceItems.list({ customer })).data).toEqual([]);
    await stripe.subscriptions.cancel(kept.id, { prorate: true });
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toMatchObject([{ proration: true }]);
  });
});
