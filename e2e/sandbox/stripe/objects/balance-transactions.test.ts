import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const test = useTestSandbox();

describe("a customer's balance", () => {
  it("says of each change what it was for", async () => {
    const { stripe, begin, latest, customer } = await openShop(test);
    const adjusted = await stripe.customers.createBalanceTransaction(customer, { amount: -5000, currency: "usd" });
    expect(adjusted).toMatchObject({ amount: -5000, ending_balance: -5000, type: "adjustment" });
    const { id } = await begin();
    const { data } = await stripe.customers.listBalanceTransactions(customer);
    const invoice = await latest(id);
    expect(invoice).toMatchObject({ amount_due: 0, status: "paid", ending_balance: -2000 });
    expect(data).toMatchObject([
      { amount: 3000, type: "applied_to_invoice", invoice: invoice.id },
      { id: adjusted.id },
    ]);
    expect(await stripe.customers.retrieveBalanceTransaction(customer, adjusted.id)).toMatchObject({ id: adjusted.id });
    const unknown = stripe.customers.retrieveBalanceTransaction(customer, "cbtxn_none");
    expect((await refusalOf(unknown)).statusCode).toBe(404);
  });

  it("takes whole cents only", async () => {
    const { stripe, customer } = await openShop(test);
    const refused = stripe.customers.createBalanceTransaction(customer, { amount: 0.5, currency: "usd" });
    expect(await refusalOf(refused)).toMatchObject({ param: "amount" });
  });
});

describe("a customer's tax id", () => {
  it("is kept, stands on invoices, and is removed", async () => {
    const { stripe, begin, latest, customer } = await openShop(test);
    const taxId = await stripe.customers.createTaxId(customer, { type: "eu_vat", value: "DE123456789" });
    expect(taxId).toMatchObject({ country: "DE", verification: { status: "unavailable" } });
    expect((await latest((await begin()).id)).customer_tax_ids).toEqual([{ type: "eu_vat", value: "DE123456789" }]);
    expect((await stripe.customers.listTaxIds(customer)).data).toHaveLength(1);
    expect(await stripe.customers.retrieveTaxId(customer, taxId.id)).toMatchObject({ id: taxId.id });
    await stripe.customers.deleteTaxId(customer, taxId.id);
    expect((await refusalOf(stripe.customers.retrieveTaxId(customer, taxId.id))).statusCode).toBe(404);
  });

  it("is refused when it cannot be one, and after the fifth", async () => {
    const { stripe, customer } = await openShop(test);
    const wrong = await refusalOf(stripe.customers.createTaxId(customer, { type: "eu_vat", value: "12" }));
    expect(wrong).toMatchObject({ statusCode: 400, code: "tax_id_invalid" });
    const value = (place: number) => `GB12345678${place}`;
    for (const place of [1, 2, 3, 4, 5])
      await stripe.customers.createTaxId(customer, { type: "gb_vat", value: value(place) });
    const sixth = await refusalOf(stripe.customers.createTaxId(customer, { type: "gb_vat", value: value(6) }));
    expect(sixth.statusCode).toBe(400);
  });
});
