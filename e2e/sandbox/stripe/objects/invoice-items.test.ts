import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("an invoice item", () => {
  it("waits for the next invoice, of its subscription if it names one", async () => {
    const { stripe, begin, pass, latest, customer } = await shop();
    const [one, other] = [await begin(), await begin()];
    const asked = { customer, amount: 250, currency: "usd", subscription: other.id, description: "Late usage" };
    const item = await stripe.invoiceItems.create(asked);
    expect(item).toMatchObject({ amount: 250, invoice: null, proration: false });
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toHaveLength(1);
    await pass(32 * DAY);
    expect((await latest(one.id)).total).toBe(3000);
    const invoice = await latest(other.id);
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([250, 3000]);
    expect(invoice.lines.data[0]?.parent?.invoice_item_details).toMatchObject({ invoice_item: item.id });
    expect((await stripe.invoiceItems.retrieve(item.id)).invoice).toBe(invoice.id);
    expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  });

  it("of no subscription stands on whichever invoice of its customer comes first", async () => {
    const { stripe, begin, latest, customer } = await shop();
    await stripe.invoiceItems.create({ customer, amount: -500, currency: "usd" });
    expect(await latest((await begin()).id)).toMatchObject({ total: 2500 });
    expect(await latest((await begin()).id)).toMatchObject({ total: 3000 });
  });

  it("is what a proration waits as, and can be deleted", async () => {
    const { stripe, begin, pass, latest, customer } = await shop();
    const { id, items } = await begin();
    await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? "", quantity: 2 }] });
    const waiting = await stripe.invoiceItems.list({ customer });
    expect(waiting.data).toMatchObject([{ proration: true }, { proration: true }]);
    for (const item of waiting.data) await stripe.invoiceItems.del(item.id);
    await pass(32 * DAY);
    expect((await latest(id)).total).toBe(6000);
  });

  it("is added to a draft and taken off again, but not to or from what is finalised", async () => {
    const { stripe, begin, pass, latest, customer, clock } = await shop();
    const { id, items } = await begin();
    await pass((items.data[0]?.current_period_end ?? 0) - clock.now());
    const { id: invoice } = await latest(id);
    const { id: price } = await stripe.prices.create({
      ...{ currency: "usd", unit_amount: 700, product_data: { name: "Setup" } },
    });
    const item = await stripe.invoiceItems.create({ customer, invoice, pricing: { price }, quantity: 2 });
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ total: 4400, amount_due: 4400 });
    await stripe.invoiceItems.del(item.id);
    expect((await stripe.invoices.retrieve(invoice)).total).toBe(3000);
    const kept = await stripe.invoiceItems.create({ customer, invoice, amount: 1, currency: "usd" });
    await pass(3600);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_paid: 3001, status: "paid" });
    expect((await refusalOf(stripe.invoiceItems.del(kept.id))).statusCode).toBe(400);
    const late = stripe.invoiceItems.create({ customer, invoice, amount: 1, currency: "usd" });
    expect(await refusalOf(late)).toMatchObject({ param: "invoice" });
  });

  it.each([
    ["no amount and no price", {}, "amount"],
    ["an amount without a currency", { amount: 1 }, "currency"],
    ["half a cent", { amount: 0.5, currency: "usd" }, "amount"],
    ["another's subscription", { amount: 1, currency: "usd", subscription: "sub_none" }, "subscription"],
    ["an unknown invoice", { amount: 1, currency: "usd", invoice: "in_none" }, "invoice"],
  ])("refuses %s", async (_, params, param) => {
    const { stripe, customer } = await shop();
    expect(await refusalOf(stripe.invoiceItems.create({ customer, ...params }))).toMatchObject({ param });
    expect((await stripe.invoiceItems.list()).data).toEqual([]);
  });

  it("refuses a recurring price", async () => {
    const { stripe, customer, pro } = await shop();
    const refusal = await refusalOf(stripe.invoiceItems.create({ customer, pricing: { price: pro.id } }));
    expect(refusal).toMatchObject({ param: "pricing[price]" });
  });
});
