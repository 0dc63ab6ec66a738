import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("the end of a subscription", () => {
  it("comes at the period's end when it was asked for, and not when that was taken back", async () => {
    const { stripe, begin, pass } = await shop();
    const [kept, ended] = [await begin(), await begin()];
    for (const { id } of [kept, ended]) await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const back = await stripe.subscriptions.update(kept.id, { cancel_at_period_end: false });
    expect(back).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
    await pass(32 * DAY);
    expect((await stripe.subscriptions.retrieve(kept.id)).status).toBe("active");
    const over = await stripe.subscriptions.retrieve(ended.id);
    expect(over).toMatchObject({ status: "canceled", ended_at: ended.items.data[0]?.current_period_end });
    expect(over.canceled_at).not.toBe(over.ended_at);
  });

  it("comes at once when it is cancelled, and is final", async () => {
    const { stripe, begin } = await shop();
    const { id } = await begin();
    const cancelled = await stripe.subscriptions.cancel(id, { cancellation_details: { feedback: "too_expensive" } });
    expect(cancelled).toMatchObject({ status: "canceled", cancellation_details: { feedback: "too_expensive" } });
    expect((await refusalOf(stripe.subscriptions.cancel(id))).statusCode).toBe(404);
    const refusal = await refusalOf(stripe.subscriptions.update(id, { description: "x" }));
    expect(refusal.code).toBe("invalid_canceled_subscription_fields");
    expect((await stripe.subscriptions.update(id, { metadata: { a: "1" } })).metadata).toEqual({ a: "1" });
    expect((await stripe.subscriptions.list()).data).toEqual([]);
    expect((await stripe.subscriptions.list({ status: "ended" })).data).toHaveLength(1);
  });

  it("comes with its customer's", async () => {
    const { stripe, begin, customer } = await shop();
    const { id } = await begin();
    await stripe.customers.del(customer);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
    const { data } = await stripe.events.list({ limit: 2 });
    expect(data.map(({ type }) => type)).toEqual(["customer.deleted", "customer.subscription.deleted"]);
  });
});

describe("a preview", () => {
  it("shows what the change then costs, and changes nothing", async () => {
    const { stripe, begin, pass, latest, enterprise, clock, customer } = await shop();
    const subscription = await begin();
    await pass(10 * DAY);
    const items = [{ id: itemOf(subscription), price: enterprise.id, quantity: 2 }];
    const how = { items, proration_behavior: "always_invoice" as const, proration_date: clock.now() };
    const shown = await stripe.invoices.createPreview({
      customer,
      subscription: subscription.id,
      subscription_details: how,
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.unit_amount).toBe(3000);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
    await stripe.subscriptions.update(subscription.id, how);
    const billed = await latest(subscription.id);
    expect(shown.lines.data.map(({ amount }) => amount)).toEqual(billed.lines.data.map(({ amount }) => amount));
    expect(shown.total).toBe(billed.total);
    expect(shown.total).toBeGreaterThan(0);
  });

  it("shows what waits and the next period when nothing is billed at once", async () => {
    const { stripe, begin, enterprise } = await shop();
    const subscription = await begin();
    const items = [{ id: itemOf(subscription), price: enterprise.id }];
    const shown = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items, proration_date: subscription.start_date },
    });
    expect(shown.lines.data.map(({ amount }) => amount)).toEqual([-3000, 9000, 9000]);
    expect(shown).toMatchObject({ billing_reason: "upcoming", status: "draft" });
  });

  it("quotes what is not begun, with its coupon, and begins nothing", async () => {
    const { stripe, customer, pro, enterprise } = await shop("none");
    const { id: coupon } = await stripe.coupons.create({ percent_off: 50, max_redemptions: 1 });
    const items = [{ price: pro.id, quantity: 2 }, { price: enterprise.id }];
    const quote = () =>
      stripe.invoices.createPreview({ customer, discounts: [{ coupon }], subscription_details: { items } });
    const [shown, again] = [await quote(), await quote()];
    expect(shown).toMatchObject({ subtotal: 15_000, total: 7500, status: "draft", number: null });
    expect(again.total).toBe(7500);
    expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ currency: null });
    const { data } = await stripe.events.list({ types: ["customer.discount.created", "customer.updated"] });
    expect(data).toEqual([]);
  });

  it("of what is not begun needs a customer, items and living prices", async () => {
    const { stripe, customer } = await shop();
    for (const params of [{ customer }, { subscription_details: { items: [{ price: "price_none" }] } }]) {
      expect(await refusalOf(stripe.invoices.createPreview(params))).toMatchObject({ param: "subscription" });
    }
    const unknown = { customer, subscription_details: { items: [{ price: "price_none" }] } };
    expect(await refusalOf(stripe.invoices.createPreview(unknown))).toMatchObject({ code: "resource_missing" });
  });

  it("is refused for what has ended, for another's, and for no subscription", async () => {
    const { stripe, begin } = await shop();
    const { id: subscription } = await begin();
    const foreign = await refusalOf(stripe.invoices.createPreview({ subscription, customer: "cus_other" }));
    expect(foreign).toMatchObject({ statusCode: 400, param: "customer" });
    expect(await refusalOf(stripe.invoices.createPreview({}))).toMatchObject({ param: "subscription" });
    await stripe.subscriptions.cancel(subscription);
    expect(await refusalOf(stripe.invoices.createPreview({ subscription }))).toMatchObject({
      code: "invoice_upcoming_none",
    });
  });
});

describe("an invoice", () => {
  it("that is void or paid is not paid again", async () => {
    const { stripe, begin, latest } = await shop("none");
    const { id } = await begin({ payment_behavior: "default_incomplete" });
    const invoice = await latest(id);
    expect((await stripe.invoices.voidInvoice(invoice.id)).status).toBe("void");
    for (const again of [() => stripe.invoices.pay(invoice.id), () => stripe.invoices.voidInvoice(invoice.id)]) {
      expect((await refusalOf(again())).statusCode).toBe(400);
    }
    expect((await refusalOf(stripe.invoices.finalizeInvoice(invoice.id))).statusCode).toBe(400);
  });

  it("is listed by customer, subscription and status, with its lines", async () => {
    const { stripe, begin, customer } = await shop();
    const { id } = await begin();
    const { data } = await stripe.invoices.list({ customer, subscription: id, status: "paid" });
    expect(data).toHaveLength(1);
    const lines = await stripe.invoices.listLineItems(data[0]?.id ?? "");
    expect(lines.data).toMatchObject([{ amount: 3000, quantity: 1, discountable: true }]);
    expect((await stripe.invoices.list({ status: "open" })).data).toEqual([]);
  });
});
