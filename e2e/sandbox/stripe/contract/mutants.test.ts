import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { loadContract } from "./cache";
import { type Mutant, mutantsOf } from "./mutants";
import type { Contract, Operation } from "./schema";
import { findProblem } from "./validate";

let test: TestSandbox;
let contract: Contract;
beforeAll(async () => {
  contract = await loadContract();
  test = await startTestSandbox();
});
afterAll(() => test.sandbox.stop());

function operation(name: string): Operation {
  const found = contract.operations.find(({ method, path }) => `${method} ${path}` === name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

/** Answers as they travel: the SDK makes objects of decimals. */
async function answered(): Promise<[string, unknown][]> {
  const { stripe } = test;
  const wire = <T>(value: T) => JSON.parse(JSON.stringify(value)) as unknown;
  const customer = await stripe.customers.create({
    ...{ email: "a@example.com", name: "A", metadata: { tenant: "t" }, address: { country: "CH", city: "Bern" } },
  });
  const product = await stripe.products.create({ name: "Pro", marketing_features: [{ name: "More" }] });
  const price = await stripe.prices.create({
    ...{ currency: "usd", product: product.id, unit_amount: 3000, recurring: { interval: "month" }, lookup_key: "pro" },
  });
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "repeating", duration_in_months: 3 });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: price.id, quantity: 2 }], discounts: [{ coupon: coupon.id }] },
    ...{ default_payment_method: method.id, expand: ["latest_invoice", "customer"] },
  });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer: customer.id, line_items: [{ price: price.id, quantity: 1 }] },
    ...{ success_url: "http://127.0.0.1/", expand: ["line_items"] },
  });
  return [
    ["POST /v1/customers", wire(customer)],
    ["GET /v1/customers", wire(await stripe.customers.list())],
    ["POST /v1/products", wire(product)],
    ["GET /v1/products", wire(await stripe.products.list())],
    ["POST /v1/prices", wire(price)],
    ["POST /v1/coupons", wire(coupon)],
    ["POST /v1/payment_methods/{id}/attach", wire(method)],
    ["POST /v1/subscriptions", wire(subscription)],
    ["GET /v1/invoices", wire(await stripe.invoices.list())],
    ["POST /v1/checkout/sessions", wire(session)],
    ["GET /v1/events/{id}", wire(await stripe.events.retrieve((await stripe.events.list()).data[0]?.id ?? ""))],
  ];
}

const ASKED: readonly [string, unknown][] = [
  [
    "POST /v1/customers",
    {
      email: "a",
      address: { country: "CH" },
      metadata: { a: "1" },
      tax_exempt: "none",
      balance: 5,
      preferred_locales: ["de"],
    },
  ],
  [
    "POST /v1/products",
    { name: "Pro", active: true, marketing_features: [{ name: "More" }], expand: ["default_price"] },
  ],
  [
    "POST /v1/prices",
    {
      ...{ currency: "usd", product: "prod_1", lookup_key: "pro", transfer_lookup_key: true, tiers_mode: "graduated" },
      ...{ recurring: { interval: "month", usage_type: "metered", meter: "mtr_1" }, billing_scheme: "tiered" },
      tiers: [
        { up_to: 10, unit_amount_decimal: "0.5" },
        { up_to: "inf", unit_amount: 1 },
      ],
    } satisfies Record<string, unknown>,
  ],
  [
    "POST /v1/checkout/sessions",
    {
      ...{
        mode: "subscription",
        customer: "cus_1",
        line_items: [{ price: "price_1", quantity: 2 }],
        success_url: "https://a",
      },
      ...{ subscription_data: { metadata: { a: "1" }, trial_period_days: 14 }, allow_promotion_codes: true },
    },
  ],
  [
    "POST /v1/subscriptions",
    {
      ...{ customer: "cus_1", items: [{ price: "price_1", quantity: 3 }], proration_behavior: "always_invoice" },
      ...{ payment_behavior: "pending_if_incomplete", discounts: [{ coupon: "c" }], cancel_at_period_end: false },
    },
  ],
  ["POST /v1/billing/meters", { display_name: "Units", event_name: "units", default_aggregation: { formula: "sum" } }],
  ["POST /v2/billing/meter_events", { event_name: "units", payload: { value: "1" }, identifier: "wu:1" }],
  [
    "POST /v1/invoices/create_preview",
    { customer: "cus_1", subscription: "sub_1", subscription_details: { items: [{ id: "si_1", quantity: 2 }] } },
  ],
] satisfies [string, Partial<Stripe.CustomerCreateParams> | object][];

/** What the guards would let through, of all mutants. */
function survivors(pairs: readonly [string, unknown][], side: "params" | "response"): { all: number; alive: string[] } {
  const run = pairs.flatMap(([name, value]) => {
    const schema = operation(name)[side];
    expect(findProblem(schema, value, contract.definitions), name).toBeNull();
    return mutantsOf(schema, value, contract.definitions).map((mutant: Mutant) => ({ name, schema, ...mutant }));
  });
  const alive = run.filter(({ schema, value }) => findProblem(schema, value, contract.definitions) === null);
  return { all: run.length, alive: alive.map(({ name, what }) => `${name}: ${what}`) };
}

describe("the guards, told something wrong in one place", () => {
  it("refuse at least 99 of 100 mutants of sound requests", () => {
    const { all, alive } = survivors(ASKED, "params");

    expect(all).toBeGreaterThan(130);
    expect(alive.length / all, alive.join("\n")).toBeLessThanOrEqual(0.01);
  });

  it("refuse at least 99 of 100 mutants of sound answers", async () => {
    const { all, alive } = survivors(await answered(), "response");

    expect(all).toBeGreaterThan(657);
    expect(alive.length / all, alive.join("\n")).toBeLessThanOrEqual(0.01);
  });
});
