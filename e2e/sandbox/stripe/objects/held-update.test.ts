import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const test = useTestSandbox();

const CARDS = { declines: "pm_card_chargeCustomerFail", confirms: "pm_card_authenticationRequiredOnSetup" };

/** A subscription whose card is replaced by one that does not go through, and the upgrade that it asks for. */
async function upgrading(card: keyof typeof CARDS = "declines") {
  const made = await openShop(test);
  const { stripe, customer, begin, enterprise } = made;
  const subscription = await begin();
  const bad = await stripe.paymentMethods.attach(CARDS[card], { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
  const upgrade = (more: Stripe.SubscriptionUpdateParams = {}) =>
    stripe.subscriptions.update(subscription.id, {
      ...{ items: [{ id: itemOf(subscription), price: enterprise.id }], payment_behavior: "pending_if_incomplete" },
      ...{ proration_behavior: "always_invoice", proration_date: subscription.start_date, ...more },
    });
  const cents = async () => {
    const { items } = await stripe.subscriptions.retrieve(subscription.id);
    return items.data[0]?.price.unit_amount;
  };
  return { ...made, subscription, upgrade, cents };
}

describe("a pending update", () => {
  it("waits for its invoice, and is applied when that is paid", async () => {
    const { stripe, subscription, upgrade, cents, latest, enterprise } = await upgrading("confirms");
    const held = await upgrade();
    expect(held).toMatchObject({ status: "active", items: { data: [{ price: { unit_amount: 3000 } }] } });
    expect(held.pending_update?.subscription_items).toMatchObject([{ price: { id: enterprise.id } }]);
    const invoice = await latest(subscription.id);
    expect(invoice).toMatchObject({ status: "open", total: 6000, next_payment_attempt: null });
    expect(await cents()).toBe(3000);
    await stripe.invoices.pay(invoice.id, { payment_method: "pm_card_visa" });
    const after = await stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({ pending_update: null, status: "active" });
    expect(await cents()).toBe(9000);
    const { data } = await stripe.events.list({ types: ["customer.subscription.pending_update_applied"] });
    expect(data).toHaveLength(1);
  });

  it("expires after 23 hours, and its invoice is void", async () => {
    const { stripe, subscription, upgrade, cents, pass, latest } = await upgrading();
    const held = await upgrade();
    await pass((held.pending_update?.expires_at ?? 0) - Math.floor(held.created) - 3600);
    expect((await latest(subscription.id)).status).toBe("open");
    await pass(3700);
    expect((await latest(subscription.id)).status).toBe("void");
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      pending_update: null,
      status: "active",
    });
    expect(await cents()).toBe(3000);
    const { data } = await stripe.events.list({ types: ["customer.subscription.pending_update_expired"] });
    expect(data).toHaveLength(1);
  });

  it("is none when the payment goes through or nothing is due", async () => {
    const { stripe, subscription, upgrade, cents, customer, pro } = await upgrading();
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } });
    expect((await upgrade()).pending_update).toBeNull();
    expect(await cents()).toBe(9000);
    const items = [{ id: itemOf(subscription), price: pro.id }];
    expect((await upgrade({ items })).pending_update).toBeNull();
    expect(await cents()).toBe(3000);
  });

  it("is discarded when its invoice is made void, and gives way to another", async () => {
    const { stripe, subscription, upgrade, latest, cents } = await upgrading();
    await upgrade();
    const first = await latest(subscription.id);
    const items = [{ id: itemOf(subscription), quantity: 5 }];
    expect((await upgrade({ items })).pending_update?.subscription_items?.[0]?.quantity).toBe(5);
    expect((await stripe.invoices.retrieve(first.id)).status).toBe("void");
    await stripe.invoices.voidInvoice((await latest(subscription.id)).id);
    expect((await stripe.subscriptions.retrieve(subscription.id)).pending_update).toBeNull();
    expect(await cents()).toBe(3000);
  });

  it("holds no other change, and no subscription that is sent invoices", async () => {
    const { stripe, upgrade, begin, subscription } = await upgrading();
    expect(await refusalOf(upgrade({ metadata: { a: "1" } }))).toMatchObject({ param: "metadata" });
    const sent = await begin({ collection_method: "send_invoice", days_until_due: 5 });
    const items = [{ id: itemOf(sent), quantity: 2 }];
    const refused = stripe.subscriptions.update(sent.id, { items, payment_behavior: "pending_if_incomplete" });
    expect(await refusalOf(refused)).toMatchObject({ param: "payment_behavior" });
    expect((await stripe.subscriptions.retrieve(subscription.id)).pending_update).toBeNull();
  });
});
