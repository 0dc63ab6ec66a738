import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advance } from "../account/advance";
import { refusalOf, startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { completeSession } from "./checkout-completion";

let test: TestSandbox;
let stripe: Stripe;
let customer: string;
let price: string;
beforeAll(async () => {
  test = await startTestSandbox("sk_test_sandbox_checkout");
  stripe = test.stripe;
  ({ id: customer } = await stripe.customers.create({ email: "a@example.com" }));
  const params = {
    currency: "usd",
    product_data: { name: "Pro" },
    unit_amount: 3000,
    recurring: { interval: "month" as const },
  };
  ({ id: price } = await stripe.prices.create(params));
});
afterAll(() => test.sandbox.stop());

const account = () => test.sandbox.account(test.key);
const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer, success_url: "http://127.0.0.1/ok", line_items: [{ price, quantity: 2 }] },
    ...more,
  });

describe("a Checkout session", () => {
  it("is open on a page of this machine, with items that it shows when asked", async () => {
    const session = await open({ client_reference_id: "tenant", metadata: { a: "1" } });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 6000,
      client_reference_id: "tenant",
    });
    expect(session.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pay\/checkout\/cs_test_/);
    expect(session.line_items).toBeUndefined();
    const shown = await stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items.data.price.product"] });
    expect(shown.line_items?.data).toMatchObject([
      { quantity: 2, amount_total: 6000, price: { product: { name: "Pro" } } },
    ]);
    expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(1);
  });

  it("becomes a paid subscription", async () => {
    const { id } = await open({ subscription_data: { metadata: { tenant: "t" } } });
    completeSession(account().account, id, "4242424242424242");
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ["subscription", "invoice"] });
    expect(session).toMatchObject({
      ...{ status: "complete", payment_status: "paid", url: null, invoice: { status: "paid", total: 6000 } },
      subscription: { status: "active", metadata: { tenant: "t" } },
    });
    const { data } = await stripe.events.list({ type: "checkout.session.completed", limit: 1 });
    expect(data[0]?.data.object).toMatchObject({ id });
    expect(() => completeSession(account().account, id, "4242424242424242")).toThrow("complete");
  });

  it.each(["4000000000009995", "4000000000000341", "4000002500003155", "4111111111111111"])(
    "stays open, with nothing made, when the card %s does not go through",
    async (number) => {
      const { id } = await open();
      const before = (await stripe.subscriptions.list({ status: "all", limit: 100 })).data.length;
      expect(() => completeSession(account().account, id, number)).toThrow();
      expect((await stripe.checkout.sessions.retrieve(id)).status).toBe("open");
      expect((await stripe.subscriptions.list({ status: "all", limit: 100 })).data).toHaveLength(before);
    },
  );

  it("needs no payment when nothing is due and none is asked for", async () => {
    const trial = { subscription_data: { trial_period_days: 14 }, payment_method_collection: "if_required" as const };
    const { id, amount_total: total } = await open(trial);
    expect(total).toBe(0);
    expect(completeSession(account().account, id, null)).toMatchObject({ payment_status: "no_payment_required" });
    const { id: other } = await open({ subscription_data: { trial_period_days: 14 } });
    expect(() => completeSession(account().account, other, null)).toThrow("payment method is needed");
  });

  it("takes a coupon, and counts it once it is paid", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 25, max_redemptions: 1 });
    const session = await open({ discounts: [{ coupon: coupon.id }] });
    expect(session).toMatchObject({
      amount_subtotal: 6000,
      amount_total: 4500,
      total_details: { amount_discount: 1500 },
    });
    completeSession(account().account, session.id, "5555555555554444");
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1, valid: false });
    expect(await refusalOf(open({ discounts: [{ coupon: coupon.id }] }))).toMatchObject({ code: "coupon_expired" });
  });

  it("can be ended by us, and ends by itself after a day", async () => {
    const [first, second] = [await open(), await open()];
    expect((await stripe.checkout.sessions.expire(first.id)).status).toBe("expired");
    expect((await refusalOf(stripe.checkout.sessions.expire(first.id))).statusCode).toBe(400);
    await advance(account(), 24 * 60 * 60);
    expect(await stripe.checkout.sessions.retrieve(second.id)).toMatchObject({ status: "expired", url: null });
    expect(() => completeSession(account().account, second.id, "4242424242424242")).toThrow("expired");
    expect((await stripe.checkout.sessions.list({ status: "expired", limit: 100 })).data.map(({ id }) => id)).toContain(
      second.id,
    );
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    [
      "codes and discounts together",
      { allow_promotion_codes: true, discounts: [{ coupon: "c" }] },
      "allow_promotion_codes",
    ],
    ["an unknown price", { line_items: [{ price: "price_none", quantity: 1 }] }, "line_items[0][price]"],
    ["no items", { line_items: [] }, "items"],
    ["an unknown customer", { customer: "cus_none" }, "customer"],
    ["one payment", { mode: "payment" }, "mode"],
    ["an embedded page", { ui_mode: "embedded_page" }, "ui_mode"],
    ["an end that is too near", { expires_at: 1 }, "expires_at"],
    ["an unknown coupon", { discounts: [{ coupon: "none" }] }, "discounts[0][coupon]"],
    ["what is not built", { automatic_tax: { enabled: true } }, "automatic_tax"],
  ])("refuses %s", async (_, params, param) => {
    expect(await refusalOf(open(params))).toMatchObject({ statusCode: 400, param });
  });
});
