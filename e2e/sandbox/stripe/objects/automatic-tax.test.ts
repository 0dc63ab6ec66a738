import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const automatic_tax = { enabled: true };

async function shopIn(country: string | null) {
  const made = await openShop(test);
  const { stripe, customer } = made;
  if (country !== null) await stripe.customers.update(customer, { address: { country } });
  return made;
}

describe("automatic tax", () => {
  it("comes on top of what is billed, after discounts, in the quote too", async () => {
    const { stripe, begin, latest, customer, pro } = await shopIn("DE");
    const { id: coupon } = await stripe.coupons.create({ percent_off: 50 });
    const items = [{ price: pro.id }];
    const quote = await stripe.invoices.createPreview({
      ...{ automatic_tax, customer, discounts: [{ coupon }], subscription_details: { items } },
    });
    expect(quote).toMatchObject({ subtotal: 3000, total: 1785, total_excluding_tax: 1500 });
    const invoice = await latest((await begin({ automatic_tax, discounts: [{ coupon }] })).id);
    expect(invoice).toMatchObject({ total: 1785, amount_paid: 1785, automatic_tax: { status: "complete" } });
    expect(invoice.total_taxes).toMatchObject([{ amount: 285, taxability_reason: "standard_rated" }]);
  });

  it("is part of a price that says so", async () => {
    const { stripe, begin, latest } = await shopIn("DE");
    const { id: price } = await stripe.prices.create({
      ...{ currency: "usd", unit_amount: 1190, tax_behavior: "inclusive", product_data: { name: "I" } },
      recurring: { interval: "month" },
    });
    const invoice = await latest((await begin({ automatic_tax, items: [{ price }] })).id);
    expect(invoice).toMatchObject({ total: 1190, total_excluding_tax: 1000 });
  });

  it("is none for a business with a VAT id, and outside the table", async () => {
    const german = await shopIn("DE");
    await german.stripe.customers.createTaxId(german.customer, { type: "eu_vat", value: "DE123456789" });
    const reversed = await german.latest((await german.begin({ automatic_tax })).id);
    expect(reversed.total_taxes).toMatchObject([{ amount: 0, taxability_reason: "reverse_charge" }]);
    const american = await shopIn("US");
    const free = await american.latest((await american.begin({ automatic_tax })).id);
    expect(free).toMatchObject({ total: 3000, total_taxes: [{ taxability_reason: "not_collecting" }] });
  });

  it("refuses to begin without a place, and quotes that it needs one", async () => {
    const { stripe, begin, customer, pro } = await shopIn(null);
    expect(await refusalOf(begin({ automatic_tax }))).toMatchObject({ code: "customer_tax_location_invalid" });
    const items = [{ price: pro.id }];
    const quote = await stripe.invoices.createPreview({ automatic_tax, customer, subscription_details: { items } });
    expect(quote.automatic_tax.status).toBe("requires_location_inputs");
    expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  });

  it("keeps a renewal a draft while the place is not known, until it is finalised with one", async () => {
    const { stripe, begin, latest, pass, customer } = await shopIn("FR");
    const { id } = await begin({ automatic_tax });
    await stripe.customers.update(customer, { address: "" });
    await pass(32 * DAY);
    const draft = await latest(id);
    expect(draft).toMatchObject({
      ...{ status: "draft", automatic_tax: { status: "requires_location_inputs" } },
      last_finalization_error: { code: "customer_tax_location_invalid" },
    });
    const { data } = await stripe.events.list({ type: "invoice.finalization_failed" });
    expect(data).toHaveLength(1);
    expect((await refusalOf(stripe.invoices.finalizeInvoice(draft.id))).code).toBe("customer_tax_location_invalid");
    await stripe.customers.update(customer, { address: { country: "FR" } });
    expect(await stripe.invoices.pay(draft.id)).toMatchObject({ status: "paid", total: 3600 });
  });

  it("is turned on and off on a living subscription", async () => {
    const { stripe, begin, latest, pass } = await shopIn("DE");
    const { id } = await begin();
    expect((await stripe.subscriptions.update(id, { automatic_tax })).automatic_tax.enabled).toBe(true);
    await pass(32 * DAY);
    expect((await latest(id)).total).toBe(3570);
  });
});
