import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("a paused subscription", () => {
  it("bills nothing, and begins a new period when it is resumed", async () => {
    const { stripe, begin, pass, latest, clock, customer } = await shop();
    const { id } = await begin();
    await pass(15 * DAY);
    const paused = await stripe.subscriptions.pause(id);
    expect(paused).toMatchObject({ status: "paused", status_details: { paused: { type: "subscription" } } });
    expect((await stripe.invoiceItems.list({ customer })).data).toMatchObject([{ proration: true }]);
    await pass(60 * DAY);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
    const resumed = await stripe.subscriptions.resume(id);
    expect(resumed).toMatchObject({ status: "active" });
    expect(resumed.status_details).toBeUndefined();
    expect(clock.now() - resumed.billing_cycle_anchor).toBeLessThan(60);
    const invoice = await latest(id);
    expect(invoice.status).toBe("paid");
    expect(invoice.lines.data.at(-1)?.amount).toBe(3000);
    expect(invoice.total).toBeLessThan(2000);
    const { data } = await stripe.events.list({ types: ["customer.subscription.resumed"] });
    expect(data).toHaveLength(1);
  });

  it("keeps its period when it is told to, and is active at once", async () => {
    const { stripe, begin } = await shop();
    const before = await begin();
    await stripe.subscriptions.pause(before.id, { bill_for: { unused_time_from: { type: "none" } } });
    const how = { billing_cycle_anchor: { type: "unchanged" as const }, proration_behavior: "none" as const };
    const after = await stripe.subscriptions.resume(before.id, how);
    expect(after).toMatchObject({ status: "active", billing_cycle_anchor: before.billing_cycle_anchor });
    expect((await stripe.invoices.list()).data).toHaveLength(1);
  });

  it("whose payment must succeed stays paused until it does, and its invoice is void after 23 hours", async () => {
    const { stripe, begin, pass, latest, customer } = await shop();
    const [paid, unpaid] = [await begin(), await begin()];
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const bill_for = { unused_time_from: { type: "none" as const } };
    for (const { id } of [paid, unpaid]) {
      await stripe.subscriptions.pause(id, { bill_for });
      const after = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
      expect(after.status).toBe("paused");
    }
    await stripe.invoices.pay((await latest(paid.id)).id, { payment_method: "pm_card_visa" });
    expect((await stripe.subscriptions.retrieve(paid.id)).status).toBe("active");
    await pass(23 * 3600);
    expect((await latest(unpaid.id)).status).toBe("void");
    expect((await stripe.subscriptions.retrieve(unpaid.id)).status).toBe("paused");
  });

  it("goes on when the invoice of its resumption is uncollectible, and stays paused when that is void", async () => {
    const { stripe, begin, latest, customer } = await shop();
    const [given, kept] = [await begin(), await begin()];
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    for (const { id } of [given, kept]) {
      await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
      await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
    }
    await stripe.invoices.markUncollectible((await latest(given.id)).id);
    await stripe.invoices.voidInvoice((await latest(kept.id)).id);
    expect((await stripe.subscriptions.retrieve(given.id)).status).toBe("active");
    expect((await stripe.subscriptions.retrieve(kept.id)).status).toBe("paused");
  });

  it("whose payment was tried in vain is past due", async () => {
    const { stripe, begin, customer } = await shop();
    const { id } = await begin();
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
    expect((await stripe.subscriptions.resume(id)).status).toBe("past_due");
  });

  it("is not paused twice, and nothing else is resumed", async () => {
    const { stripe, begin } = await shop();
    const { id } = await begin();
    expect((await refusalOf(stripe.subscriptions.resume(id))).statusCode).toBe(400);
    await stripe.subscriptions.pause(id);
    expect((await refusalOf(stripe.subscriptions.pause(id))).statusCode).toBe(400);
    const sent = await begin({ collection_method: "send_invoice", days_until_due: 5 });
    await stripe.subscriptions.pause(sent.id);
    expect((await refusalOf(stripe.subscriptions.resume(sent.id))).statusCode).toBe(400);
  });

  it("after a trial without a card is resumed once there is one", async () => {
    const { stripe, begin, pass, customer, latest } = await shop("none");
    const trial_settings = { end_behavior: { missing_payment_method: "pause" as const } };
    const { id } = await begin({ trial_period_days: 7, trial_settings });
    await pass(8 * DAY);
    const paused = await stripe.subscriptions.retrieve(id);
    expect(paused.status_details?.paused.subscription.type).toBe("trial_end_without_payment_method");
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    expect((await stripe.subscriptions.resume(id)).status).toBe("active");
    expect(await latest(id)).toMatchObject({ total: 3000, status: "paid" });
  });
});

describe("a pause of collection", () => {
  it.each([
    ["void", "void"],
    ["mark_uncollectible", "uncollectible"],
    ["keep_as_draft", "draft"],
  ] as const)("with %s leaves the subscription active and invoices %s", async (behavior, status) => {
    const { stripe, begin, pass, latest } = await shop();
    const { id } = await begin();
    await stripe.subscriptions.update(id, { pause_collection: { behavior } });
    await pass(32 * DAY);
    expect((await latest(id)).status).toBe(status);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("ends by itself at its time, or when it is taken back", async () => {
    const { stripe, begin, pass, latest, clock } = await shop();
    const [timed, taken] = [await begin(), await begin()];
    const pause = { behavior: "void" as const };
    const past = stripe.subscriptions.update(timed.id, { pause_collection: { ...pause, resumes_at: 1 } });
    expect(await refusalOf(past)).toMatchObject({ param: "pause_collection[resumes_at]" });
    const resumes_at = clock.now() + 10 * DAY;
    await stripe.subscriptions.update(timed.id, { pause_collection: { ...pause, resumes_at } });
    await stripe.subscriptions.update(taken.id, { pause_collection: pause });
    await stripe.subscriptions.update(taken.id, { pause_collection: "" });
    await pass(32 * DAY);
    for (const { id } of [timed, taken]) expect((await latest(id)).status).toBe("paid");
  });
});

describe("a void invoice", () => {
  it("gives back what it took of the customer's balance", async () => {
    const { stripe, begin, latest, customer } = await shop("none");
    await stripe.customers.update(customer, { balance: -1000 });
    const { id } = await begin({ collection_method: "send_invoice", days_until_due: 5 });
    expect(await latest(id)).toMatchObject({ amount_due: 2000 });
    await stripe.invoices.voidInvoice((await latest(id)).id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1000 });
  });
});
