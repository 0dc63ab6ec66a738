import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

describe("a new subscription", () => {
  it("is active once its first invoice is paid", async () => {
    const { stripe, begin, latest, customer } = await shop();
    const subscription = await begin({ metadata: { tenant: "t" } });
    expect(subscription).toMatchObject({ status: "active", customer, metadata: { tenant: "t" } });
    const invoice = await latest(subscription.id);
    expect(invoice).toMatchObject({
      status: "paid",
      total: 3000,
      amount_paid: 3000,
      billing_reason: "subscription_create",
    });
    const { data } = await stripe.events.list({
      limit: 100,
      types: ["customer.subscription.*", "invoice.*"],
    });
    expect(data.map(({ type }) => type).reverse()).toEqual([
      ...["invoice.created", "customer.subscription.created", "invoice.finalized", "invoice.paid"],
      ...["invoice.payment_succeeded", "customer.subscription.updated"],
    ]);
  });

  it("stays incomplete when its card is declined, until another pays", async () => {
    const { stripe, begin, latest, customer } = await shop("pm_card_chargeCustomerFail");
    const { id, status } = await begin();
    expect(status).toBe("incomplete");
    const invoice = await latest(id);
    expect(invoice).toMatchObject({ status: "open", attempt_count: 1, attempted: true });
    const refusal = await refusalOf(stripe.invoices.pay(invoice.id));
    expect(refusal).toMatchObject({ statusCode: 402, code: "card_declined" });
    expect((await latest(id)).attempt_count).toBe(1);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.invoices.pay(invoice.id, { payment_method: good.id });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("is not made at all when it may not stay incomplete", async () => {
    const { stripe, begin } = await shop("pm_card_chargeCustomerFail");
    const refusal = await refusalOf(begin({ payment_behavior: "error_if_incomplete" }));
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
    expect((await stripe.invoices.list()).data).toEqual([]);
  });

  it("waits for its payment when it is told to", async () => {
    const { begin, latest } = await shop("none");
    const { id, status } = await begin({ payment_behavior: "default_incomplete" });
    expect([status, (await latest(id)).attempt_count]).toEqual(["incomplete", 0]);
  });

  it("expires after 23 hours, and its invoice is void", async () => {
    const { stripe, begin, pass, latest } = await shop("none");
    const { id } = await begin({ payment_behavior: "default_incomplete" });
    await pass(23 * 3600 - 60);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete");
    await pass(60);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete_expired");
    expect((await latest(id)).status).toBe("void");
  });

  it("needs a confirmation in person with some cards", async () => {
    const { stripe, begin } = await shop("pm_card_authenticationRequiredOnSetup");
    expect((await begin()).status).toBe("incomplete");
    const { data } = await stripe.events.list({ type: "invoice.payment_action_required" });
    expect(data).toHaveLength(1);
  });

  it("is active at once when an invoice is sent, and past due when that is not paid in time", async () => {
    const { stripe, begin, pass, latest } = await shop("none");
    const { id, status } = await begin({ collection_method: "send_invoice", days_until_due: 10 });
    expect([status, (await latest(id)).status]).toEqual(["active", "open"]);
    await pass(10 * DAY);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    await stripe.invoices.pay((await latest(id)).id, { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it.each<
    [string, (s: Awaited<ReturnType<typeof shop>>) => Partial<Stripe.SubscriptionCreateParams>, string | undefined]
  >([
    ["no item", () => ({ items: [] }), "items"],
    ["an unknown price", () => ({ items: [{ price: "price_none" }] }), "items[0][price]"],
    ["one price twice", ({ pro }) => ({ items: [{ price: pro.id }, { price: pro.id }] }), "items"],
    ["two intervals", ({ pro, yearly }) => ({ items: [{ price: pro.id }, { price: yearly.id }] }), "items"],
    ["half a seat", ({ pro }) => ({ items: [{ price: pro.id, quantity: 0.5 }] }), "items[0][quantity]"],
    ["an unknown customer", () => ({ customer: "cus_none" }), "customer"],
    ["another's card", () => ({ default_payment_method: "pm_none" }), "default_payment_method"],
    ["a trial in the past", () => ({ trial_end: 1 }), "trial_end"],
    ["what is not built", () => ({ billing_cycle_anchor: 4_000_000_000 }), "billing_cycle_anchor"],
    ["a behavior for updates", () => ({ payment_behavior: "pending_if_incomplete" }), "payment_behavior"],
  ])("refuses %s", async (_, paramsFor, param) => {
    const made = await shop();
    const refusal = await refusalOf(made.begin(paramsFor(made)));
    expect(refusal).toMatchObject({ statusCode: 400, param });
    expect((await made.stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  });

  it("refuses a customer without a payment method", async () => {
    const { begin } = await shop("none");
    expect(await refusalOf(begin())).toMatchObject({ statusCode: 400, code: "resource_missing" });
  });

  it("refuses another currency while one is living, and takes it after", async () => {
    const { stripe, begin, customer } = await shop();
    const first = await begin();
    const params = {
      currency: "eur",
      product_data: { name: "E" },
      unit_amount: 1,
      recurring: { interval: "month" as const },
    };
    const { id } = await stripe.prices.create(params);
    expect(await refusalOf(begin({ items: [{ price: id }] }))).toMatchObject({ statusCode: 400, param: "currency" });
    await stripe.subscriptions.cancel(first.id);
    await begin({ items: [{ price: id }] });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ currency: "eur" });
  });

  it("refuses a coupon that takes off another currency", async () => {
    const { stripe, begin } = await shop();
    const coupon = await stripe.coupons.create({ amount_off: 100, currency: "eur" });
    const refusal = await refusalOf(begin({ discounts: [{ coupon: coupon.id }] }));
    expect(refusal).toMatchObject({ statusCode: 400, param: "discounts[0]" });
  });

  it("takes nothing but metadata while it is incomplete", async () => {
    const { stripe, begin } = await shop("none");
    const { id } = await begin({ payment_behavior: "default_incomplete" });
    const refusal = await refusalOf(stripe.subscriptions.update(id, { cancel_at_period_end: true }));
    expect(refusal).toMatchObject({ statusCode: 400, param: "cancel_at_period_end" });
    expect((await stripe.subscriptions.update(id, { metadata: { a: "1" } })).metadata).toEqual({ a: "1" });
  });
});

describe("a renewal", () => {
  it("makes a draft at the period's end, and charges it an hour later", async () => {
    const { stripe, begin, pass, latest, clock } = await shop();
    const subscription = await begin();
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await pass(end - clock.now());
    const draft = await latest(subscription.id);
    expect(draft).toMatchObject({ status: "draft", billing_reason: "subscription_cycle", total: 3000 });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.current_period_start).toBe(end);
    await pass(3600);
    expect(await latest(subscription.id)).toMatchObject({ id: draft.id, status: "paid" });
  });

  it("that is not paid makes it past due, and the payment active again", async () => {
    const { stripe, begin, pass, latest, customer } = await shop();
    const { id } = await begin();
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    await pass(32 * DAY);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    await stripe.invoices.pay((await latest(id)).id, { payment_method: "pm_card_visa" });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("comes once for each period, however far the clock is moved", async () => {
    const { stripe, begin, pass } = await shop();
    await begin();
    await pass(365 * DAY + 3600);
    const { data } = await stripe.invoices.list({ limit: 100 });
    expect(data.filter(({ billing_reason: reason }) => reason === "subscription_cycle")).toHaveLength(12);
    expect(new Set(data.map(({ number }) => number)).size).toBe(13);
    expect(data.every(({ status }) => status === "paid")).toBe(true);
  });

  it("takes a repeating coupon for as long as it holds, and one for once only once", async () => {
    const { stripe, begin, pass } = await shop();
    const months = await stripe.coupons.create({ percent_off: 50, duration: "repeating", duration_in_months: 2 });
    const once = await stripe.coupons.create({ amount_off: 500, currency: "usd" });
    await begin({ discounts: [{ coupon: months.id }, { coupon: once.id }] });
    await pass(100 * DAY);
    const { data } = await stripe.invoices.list({ limit: 100 });
    expect(data.map(({ total }) => total).reverse()).toEqual([1000, 1500, 3000, 3000]);
  });
});

describe("a trial", () => {
  it("costs nothing, and then the first period", async () => {
    const { stripe, begin, pass, latest } = await shop();
    const { id, status } = await begin({ trial_period_days: 14 });
    expect([status, (await latest(id)).total]).toEqual(["trialing", 0]);
    await pass(14 * DAY + 3600);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    expect(await latest(id)).toMatchObject({ total: 3000, status: "paid" });
  });

  it.each([
    ["cancel", "canceled"],
    ["pause", "paused"],
    ["create_invoice", "past_due"],
  ] as const)("without a card and with %s ends as %s", async (behavior, status) => {
    const { stripe, begin, pass } = await shop("none");
    const settings = { trial_settings: { end_behavior: { missing_payment_method: behavior } } };
    const { id } = await begin({ trial_period_days: 7, ...settings });
    await pass(7 * DAY + 3600);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
  });
});

describe("a change in mid-period", () => {
  it("charges what is left of the new and gives back what is left of the old", async () => {
    const { stripe, begin, pass, latest, enterprise, clock } = await shop();
    const subscription = await begin();
    const { current_period_start: start = 0, current_period_end: end = 0 } = subscription.items.data[0] ?? {};
    const middle = (start + end) / 2;
    await pass(middle - clock.now());
    const changed = await stripe.subscriptions.update(subscription.id, {
      ...{ items: [{ id: itemOf(subscription), price: enterprise.id }], proration_behavior: "always_invoice" },
      proration_date: middle,
    });
    expect(changed.items.data[0]?.current_period_end).toBe(end);
    const invoice = await latest(subscription.id);
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-1500, 4500]);
    expect(invoice).toMatchObject({ total: 3000, status: "paid", billing_reason: "subscription_update" });
  });

  it("waits for the next invoice unless it is to be billed now", async () => {
    const { stripe, begin, pass, latest, clock } = await shop();
    const subscription = await begin();
    const { current_period_start: start = 0, current_period_end: end = 0 } = subscription.items.data[0] ?? {};
    await pass((start + end) / 2 - clock.now());
    const params = { items: [{ id: itemOf(subscription), quantity: 3 }], proration_date: (start + end) / 2 };
    await stripe.subscriptions.update(subscription.id, params);
    expect((await latest(subscription.id)).billing_reason).toBe("subscription_create");
    await pass(end - clock.now());
    const invoice = await latest(subscription.id);
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-1500, 4500, 9000]);
  });

  it("costs nothing when prorations are off", async () => {
    const { stripe, begin, pass, latest } = await shop();
    const subscription = await begin();
    const items = [{ id: itemOf(subscription), quantity: 3 }];
    await stripe.subscriptions.update(subscription.id, { items, proration_behavior: "none" });
    await pass(32 * DAY);
    expect((await latest(subscription.id)).total).toBe(9000);
  });

  it("keeps a credit for the next invoice", async () => {
    const { stripe, begin, pass, latest, customer, enterprise } = await shop();
    const subscription = await begin({ items: [{ price: enterprise.id, quantity: 2 }] });
    const items = [{ id: itemOf(subscription), quantity: 1 }];
    const now = { proration_behavior: "always_invoice" as const, proration_date: subscription.start_date };
    await stripe.subscriptions.update(subscription.id, { items, ...now });
    expect(await latest(subscription.id)).toMatchObject({ total: -9000, amount_due: 0, status: "paid" });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -9000 });
    await pass(32 * DAY);
    expect(await latest(subscription.id)).toMatchObject({
      total: 9000,
      amount_due: 0,
      starting_balance: -9000,
      status: "paid",
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
  });

  it("from free to paid begins a new period and charges all of it", async () => {
    const { stripe, begin, pass, latest, pro, clock } = await shop();
    const subscription = await begin({ items: [{ price: pro.id, quantity: 0 }] });
    await pass(10 * DAY);
    await stripe.subscriptions.update(subscription.id, { items: [{ id: itemOf(subscription), quantity: 1 }] });
    const { billing_cycle_anchor: anchor } = await stripe.subscriptions.retrieve(subscription.id);
    expect(clock.now() - anchor).toBeLessThanOrEqual(60);
    expect((await latest(subscription.id)).lines.data.map(({ amount }) => amount)).toEqual([0, 3000]);
  });

  it("to another interval begins a new period and charges all of it", async () => {
    const { stripe, begin, pass, latest, yearly, clock } = await shop();
    const subscription = await begin();
    const { current_period_start: start = 0, current_period_end: end = 0 } = subscription.items.data[0] ?? {};
    await pass((start + end) / 2 - clock.now());
    const proration_date = (start + end) / 2;
    const params = { items: [{ id: itemOf(subscription), price: yearly.id }], proration_date };
    const changed = await stripe.subscriptions.update(subscription.id, params);
    expect(changed).toMatchObject({ billing_cycle_anchor: proration_date, status: "active" });
    expect(changed.items.data[0]?.current_period_end).toBe(proration_date + 365 * DAY);
    const invoice = await latest(subscription.id);
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-1500, 30_000]);
  });

  it("that is declined is refused as a whole when it may not stay unpaid", async () => {
    const { stripe, begin, customer, enterprise } = await shop();
    const subscription = await begin();
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const params = {
      items: [{ id: itemOf(subscription), price: enterprise.id }],
      proration_behavior: "always_invoice" as const,
    };
    const refusal = await refusalOf(
      stripe.subscriptions.update(subscription.id, { ...params, payment_behavior: "error_if_incomplete" }),
    );
    expect(refusal.statusCode).toBe(402);
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.unit_amount).toBe(3000);
    expect((await stripe.subscriptions.update(subscription.id, params)).status).toBe("past_due");
  });

  it("refuses an item that is not the subscription's, and a date outside the period", async () => {
    const { stripe, begin } = await shop();
    const { id, start_date: start } = await begin();
    const foreign = await refusalOf(stripe.subscriptions.update(id, { items: [{ id: "si_none", quantity: 2 }] }));
    expect(foreign).toMatchObject({ code: "resource_missing", param: "items[0][id]" });
    expect(await refusalOf(stripe.subscriptions.update(id, { proration_date: start - 1 }))).toMatchObject({
      param: "proration_date",
    });
  });
});
