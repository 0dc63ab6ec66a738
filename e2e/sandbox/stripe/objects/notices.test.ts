import { describe, expect, it } from "vitest";
import { useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("what is told ahead", () => {
  it("is the end of a trial, three days before, once", async () => {
    const { stripe, begin, pass } = await shop();
    await begin({ trial_period_days: 14 });
    const told = async () => (await stripe.events.list({ type: "customer.subscription.trial_will_end" })).data.length;
    await pass(11 * DAY - 60);
    expect(await told()).toBe(0);
    await pass(60);
    expect(await told()).toBe(1);
    await pass(10 * DAY);
    expect(await told()).toBe(1);
  });

  it("is a renewal, three days before, as it will be", async () => {
    const { stripe, begin, pass, latest, customer } = await shop();
    const { id } = await begin();
    await stripe.invoiceItems.create({ customer, amount: 100, currency: "usd" });
    await pass(29 * DAY);
    const { data } = await stripe.events.list({ type: "invoice.upcoming" });
    expect(data).toMatchObject([{ data: { object: { total: 3100, status: "draft", number: null } } }]);
    await pass(3 * DAY);
    expect((await latest(id)).total).toBe(3100);
    await pass(27 * DAY);
    const { data: next } = await stripe.events.list({ type: "invoice.upcoming" });
    expect(next).toMatchObject([{ data: { object: { total: 3000 } } }]);
  });

  it("is nothing for what will end, and no renewal for who is sent invoices", async () => {
    const { stripe, begin, pass } = await shop();
    await begin({ cancel_at_period_end: true });
    await begin({ collection_method: "send_invoice", days_until_due: 90 });
    await pass(30 * DAY);
    expect((await stripe.events.list({ type: "invoice.upcoming" })).data).toEqual([]);
  });
});
