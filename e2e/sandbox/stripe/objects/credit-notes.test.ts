import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";
import { closeDispute, openDispute } from "./disputes";

const test = useTestSandbox();

/** A paid invoice of 3000 cents, and the charge that paid it. */
async function paid() {
  const made = await openShop(test);
  const { id } = await made.begin();
  const invoice = await made.latest(id);
  const [charge] = (await made.stripe.charges.list({ customer: made.customer })).data;
  if (charge === undefined) throw new Error("no charge");
  return { ...made, invoice: invoice.id, charge };
}

/** An open invoice of 3000 cents. */
async function open() {
  const made = await openShop(test, "none");
  const { id } = await made.begin({ collection_method: "send_invoice", days_until_due: 30 });
  return { ...made, invoice: (await made.latest(id)).id };
}

describe("a credit note", () => {
  it("on a paid invoice gives back to the card, to the balance and elsewhere", async () => {
    const { stripe, invoice, customer, charge } = await paid();
    const parts = { refund_amount: 1000, credit_amount: 500, out_of_band_amount: 300 };
    const note = await stripe.creditNotes.create({ invoice, amount: 1800, reason: "order_change", ...parts });
    expect(note).toMatchObject({ total: 1800, type: "post_payment", post_payment_amount: 1800, status: "issued" });
    expect(note.refunds).toMatchObject([{ amount_refunded: 1000 }]);
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 1000, refunded: false });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
    const { data } = await stripe.customers.listBalanceTransactions(customer);
    expect(data).toMatchObject([{ amount: -500, ending_balance: -500, type: "credit_note", credit_note: note.id }]);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      ...{ status: "paid", post_payment_credit_notes_amount: 1800 },
    });
    const more = stripe.creditNotes.create({ invoice, amount: 1201, credit_amount: 1201 });
    expect(await refusalOf(more)).toMatchObject({ statusCode: 400, param: "amount" });
    await stripe.creditNotes.create({ invoice, amount: 1200, credit_amount: 1200 });
  });

  it("on an open invoice lowers what is to be paid, pays it when nothing is left, and can be made void", async () => {
    const { stripe, invoice } = await open();
    const note = await stripe.creditNotes.create({ invoice, amount: 1000 });
    expect(note).toMatchObject({ type: "pre_payment", pre_payment_amount: 1000 });
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_remaining: 2000, status: "open" });
    expect((await stripe.creditNotes.voidCreditNote(note.id)).status).toBe("void");
    expect((await refusalOf(stripe.creditNotes.voidCreditNote(note.id))).statusCode).toBe(400);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_remaining: 3000 });
    await stripe.creditNotes.create({ invoice, amount: 3000 });
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ amount_remaining: 0, status: "paid" });
  });

  it("is shown before, by lines, and nothing is kept", async () => {
    const { stripe, invoice, customer } = await paid();
    const [line] = (await stripe.invoices.listLineItems(invoice)).data;
    const lines = [
      { type: "invoice_line_item" as const, invoice_line_item: line?.id ?? "", amount: 700 },
      { type: "custom_line_item" as const, description: "Sorry", quantity: 2, unit_amount: 100 },
    ];
    const shown = await stripe.creditNotes.preview({ invoice, lines, credit_amount: 900 });
    expect(shown.total).toBe(900);
    expect(shown.lines.data.map(({ amount }) => amount)).toEqual([700, 200]);
    expect((await stripe.creditNotes.list({ invoice })).data).toEqual([]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
  });

  it.each([
    ["no amount", {}, "amount"],
    ["parts that do not add up", { amount: 100, credit_amount: 90 }, "amount"],
    ["nothing", { amount: 0 }, "amount"],
    [
      "an unknown line",
      { lines: [{ type: "invoice_line_item" as const, invoice_line_item: "il_none" }] },
      "lines[0][invoice_line_item]",
    ],
  ])("refuses %s", async (_, params, param) => {
    const { stripe, invoice } = await paid();
    expect(await refusalOf(stripe.creditNotes.create({ invoice, ...params }))).toMatchObject({
      statusCode: 400,
      param,
    });
    expect((await stripe.creditNotes.list()).data).toEqual([]);
  });

  it("refuses an invoice that is void", async () => {
    const { stripe, invoice } = await open();
    await stripe.invoices.voidInvoice(invoice);
    expect(await refusalOf(stripe.creditNotes.create({ invoice, amount: 1 }))).toMatchObject({ param: "invoice" });
  });
});

describe("a refund", () => {
  it("gives back a charge in parts, and then no more", async () => {
    const { stripe, charge } = await paid();
    await stripe.refunds.create({ charge: charge.id, amount: 1000, reason: "requested_by_customer" });
    const rest = await stripe.refunds.create({ charge: charge.id });
    expect(rest).toMatchObject({ amount: 2000, status: "succeeded" });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ refunded: true, amount_refunded: 3000 });
    const again = await refusalOf(stripe.refunds.create({ charge: charge.id }));
    expect(again).toMatchObject({ statusCode: 400, code: "charge_already_refunded" });
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(2);
    expect(await stripe.refunds.retrieve(rest.id)).toMatchObject({ id: rest.id });
    const { data } = await stripe.events.list({ type: "charge.refunded" });
    expect(data).toHaveLength(2);
  });

  it("is not more than the charge, and names one", async () => {
    const { stripe, charge } = await paid();
    const more = await refusalOf(stripe.refunds.create({ charge: charge.id, amount: 3001 }));
    expect(more).toMatchObject({ statusCode: 400, param: "amount" });
    expect(await refusalOf(stripe.refunds.create({}))).toMatchObject({ param: "charge" });
    expect(await refusalOf(stripe.refunds.create({ payment_intent: "pi_none" }))).toMatchObject({
      param: "payment_intent",
    });
  });
});

describe("a dispute", () => {
  it.each([
    ["won", false, "charge.dispute.funds_reinstated"],
    ["lost", true, null],
  ] as const)("that is %s is told from its beginning to its end", async (outcome, disputed, last) => {
    const { stripe, charge, account } = await paid();
    const { id } = openDispute(account, charge.id);
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ amount: 3000, status: "needs_response" });
    expect((await refusalOf(stripe.refunds.create({ charge: charge.id }))).code).toBe("charge_disputed");
    closeDispute(account, id, outcome);
    expect((await stripe.disputes.list({ charge: charge.id })).data).toMatchObject([{ status: outcome }]);
    expect((await stripe.charges.retrieve(charge.id)).disputed).toBe(disputed);
    expect(() => closeDispute(account, id, outcome)).toThrow(outcome);
    const { data } = await stripe.events.list({ types: ["charge.dispute.*"] });
    const told = ["charge.dispute.created", "charge.dispute.funds_withdrawn", ...(last === null ? [] : [last])];
    expect(data.map(({ type }) => type).reverse()).toEqual([...told, "charge.dispute.closed"]);
  });
});
