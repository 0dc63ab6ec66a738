import type Stripe from "stripe";
import { advance } from "../account/advance";
import type { TestSandbox } from "./sandbox";

let accounts = 0;

/** An account of its own with two monthly prices, a yearly one, and a customer with a card. */
export async function openShop(test: TestSandbox, card = "pm_card_visa") {
  accounts += 1;
  const key = `sk_test_sandbox_shop${accounts}`;
  const stripe = test.client(key);
  const tenancy = test.sandbox.account(key);
  const priced = (cents: number, interval: "month" | "year") =>
    stripe.prices.create({
      currency: "usd",
      product_data: { name: `P${cents}` },
      unit_amount: cents,
      recurring: { interval },
    });
  const [pro, enterprise, yearly] = [
    await priced(3000, "month"),
    await priced(9000, "month"),
    await priced(30_000, "year"),
  ];
  const { id: customer } = await stripe.customers.create({ email: "a@example.com" });
  if (card !== "none") {
    const method = await stripe.paymentMethods.attach(card, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  }
  const begin = (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items: [{ price: pro.id }], ...more });
  const pass = (seconds: number) => advance(tenancy, seconds);
  const latest = async (id: string) => {
    const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    if (invoice === null || typeof invoice === "string") throw new Error("no invoice");
    return invoice;
  };
  return {
    stripe,
    customer,
    pro,
    enterprise,
    yearly,
    begin,
    pass,
    latest,
    clock: tenancy.account.clock,
    account: tenancy.account,
  };
}

/** The id of a subscription's first item. */
export const itemOf = (subscription: Stripe.Subscription) => subscription.items.data[0]?.id ?? "";
