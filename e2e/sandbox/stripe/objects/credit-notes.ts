import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, Wire } from "../account/wire";
import { exactCents, roundedCents } from "../engine/decimals";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { addToBalance } from "./balance-transactions";
import { chargeOf } from "./charges";
import { markPaid } from "./invoice-drafts";
import { customerNamed } from "./living-customer";
import { settle } from "./payments";
import { giveBack } from "./refunds";

type CreditNote = Kinds["credit_note"];
type Invoice = Kinds["invoice"];
type Line = CreditNote["lines"]["data"][number];
type Params = Wire<Stripe.CreditNoteCreateParams>;

const BUILT = [
  ...["amount", "credit_amount", "email_type", "invoice", "lines", "memo", "metadata", "out_of_band_amount"],
  ...["reason", "refund_amount"],
];

function noteNamed({ store }: Account, id: string): CreditNote {
  const note = store.get("credit_note", id);
  if (note === undefined) throw missing("credit note", id);
  return note;
}

function invoiceOf({ store }: Account, id: string): Invoice {
  const invoice = store.get("invoice", id);
  if (invoice === undefined) throw missing("invoice", id, "invoice");
  if (invoice.status !== "open" && invoice.status !== "paid") {
    throw invalid(
      `Credit notes are for open and paid invoices, not for one that is ${String(invoice.status)}.`,
      "invoice",
    );
  }
  return invoice;
}

/**
 * A credit note as a request asks for it, kept nowhere. Documented: it lowers first what is still to be paid; the rest must be
 * refunded, credited to the balance or given back elsewhere, and never comes to more than was paid.
 */
function noteOf(account: Account, params: Params): CreditNote {
  refuseUnbuilt(params, BUILT);
  const invoice = invoiceOf(account, params.invoice);
  const id = newId("cn");
  const lines = linesOf(invoice, params);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const before = invoice.status === "open" ? Math.min(total, invoice.amount_remaining) : 0;
  const after = total - before;
  const { refund_amount = 0, credit_amount = 0, out_of_band_amount = 0 } = params;
  if (refund_amount + credit_amount + out_of_band_amount !== after) {
    const message = `The sum of credit amount, refund amount and out of band amount must be ${after}.`;
    throw invalid(message, "amount");
  }
  const refunded = chargeOf(account, invoice.id)?.amount_refunded ?? 0;
  const credited = account.store
    .all("credit_note")
    .filter((note) => note.invoice === invoice.id && note.status === "issued");
  const given = credited.reduce((sum, note) => sum + note.post_payment_amount - refundedBy(note), refunded);
  if (after > invoice.amount_paid - given) {
    throw invalid(`This is more than ${invoice.amount_paid - given}, which is left to credit.`, "amount");
  }
  const count = account.store.all("credit_note").filter((note) => note.invoice === invoice.id).length + 1;
  return {
    ...{ id, object: "credit_note", amount: total, amount_shipping: 0, created: account.clock.now() },
    ...{ currency: invoice.currency, customer: idIn(invoice.customer), customer_account: null, discount_amount: 0 },
    ...{ customer_balance_transaction: null, discount_amounts: [], effective_at: account.clock.now() },
    ...{ invoice: invoice.id, livemode: false, memo: params.memo ?? null, metadata: mergedMetadata(params.metadata) },
    lines: { object: "list", data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    ...{ number: `${invoice.number ?? "X"}-CN-${String(count).padStart(2, "0")}`, pdf: `${account.pages}/none` },
    ...{
      out_of_band_amount: params.out_of_band_amount ?? null,
      post_payment_amount: after,
      pre_payment_amount: before,
    },
    ...{ pretax_credit_amounts: [], reason: params.reason ?? null, refunds: [], shipping_cost: null, status: "issued" },
    ...{ subtotal: total, subtotal_excluding_tax: total, total, total_excluding_tax: total, total_taxes: [] },
    ...{ type: before === 0 ? "post_payment" : after === 0 ? "pre_payment" : "mixed", voided_at: null },
  };
}

function refundedBy({ refunds }: CreditNote): number {
  return refunds.reduce((sum, { amount_refunded: amount }) => sum + amount, 0);
}

function linesOf(invoice: Invoice, { amount, lines }: Params): Line[] {
  if ((amount === undefined) === (lines === undefined)) {
    throw invalid("You must specify one of amount and lines.", "amount", "parameter_missing");
  }
  if (lines === undefined)
    return [lineOf({ type: "custom_line_item", cents: amount ?? 0, description: null }, "amount")];
  return lines.map((line, index) => {
    const param = `lines[${index}]`;
    refuseUnbuilt(line, [
      "amount",
      "description",
      "invoice_line_item",
      "quantity",
      "type",
      "unit_amount",
      "unit_amount_decimal",
    ]);
    const { description = null, quantity, unit_amount: whole, unit_amount_decimal: exact } = line;
    if (line.type === "custom_line_item") {
      const unit = exactCents(exact ?? String(whole ?? 0));
      return lineOf(
        { type: "custom_line_item", cents: roundedCents(unit * BigInt(quantity ?? 1)), description },
        param,
      );
    }
    const of = invoice.lines.data.find(({ id }) => id === line.invoice_line_item);
    if (of === undefined)
      throw missing("invoice line item", line.invoice_line_item ?? "", `${param}[invoice_line_item]`);
    const share = quantity === undefined ? of.amount : Math.round((of.amount * quantity) / (of.quantity ?? 1));
    const cents = line.amount ?? share;
    if (cents > of.amount) throw invalid("This is more than the line.", `${param}[amount]`);
    const words = description ?? of.description;
    return { ...lineOf({ type: "invoice_line_item", cents, description: words }, param), invoice_line_item: of.id };
  });
}

interface Crediting {
  type: "custom_line_item" | "invoice_line_item";
  cents: number;
  description: string | null;
}

function lineOf({ type, cents, description }: Crediting, param: string): Line {
  if (!Number.isInteger(cents) || cents < 1) throw invalid("A credit is at least one cent.", param);
  return {
    ...{ id: newId("cnli"), object: "credit_note_line_item", amount: cents, description, discount_amount: 0 },
    ...{ discount_amounts: [], livemode: false, metadata: {}, pretax_credit_amounts: [], quantity: 1, tax_rates: [] },
    ...{ taxes: [], type, unit_amount: cents, unit_amount_decimal: String(cents) },
  };
}

function create({ account, params }: Call<Params>): CreditNote {
  const plain = noteOf(account, params);
  const invoice = invoiceOf(account, params.invoice);
  const note = { ...plain, ...given(account, plain, params) };
  account.store.put("credit_note", note);
  account.emit("credit_note.created", note);
  const remaining = invoice.amount_remaining - note.pre_payment_amount;
  const changes = {
    ...{ amount_remaining: remaining, amount_due: invoice.amount_due - note.pre_payment_amount },
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + note.pre_payment_amount,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
  };
  const changed = account.change("invoice", invoice, changes, "invoice.updated");
  if (changed.status === "open" && remaining === 0) settle(account, markPaid(account, changed));
  return note;
}

/** Gives back what was paid: to the card, and to the customer's balance. */
function given(account: Account, note: CreditNote, params: Params): Partial<CreditNote> {
  const { refund_amount: back = 0, credit_amount: credit = 0 } = params;
  const changes: Partial<CreditNote> = {};
  if (back > 0) {
    const charge = chargeOf(account, idIn(note.invoice));
    if (charge === undefined) throw invalid("This invoice was not paid by a charge.", "refund_amount");
    const refund = giveBack(account, { charge, cents: back });
    changes.refunds = [{ amount_refunded: back, payment_record_refund: null, refund: refund.id, type: "refund" }];
  }
  if (credit > 0) {
    const customer = customerNamed(account, idIn(note.customer), "invoice");
    const entry = { customer, cents: -credit, currency: note.currency, type: "credit_note" as const };
    changes.customer_balance_transaction = addToBalance(account, { ...entry, creditNote: note.id }).id;
  }
  return changes;
}

/** Documented: only one that lowered what an open invoice asks for. */
function voidNote(call: Call<unknown>): CreditNote {
  const { account } = call;
  const before = noteNamed(account, idOf(call));
  const invoice = account.store.get("invoice", idIn(before.invoice));
  if (before.status !== "issued" || before.type !== "pre_payment" || invoice?.status !== "open") {
    throw invalid("Only a credit note that lowers an open invoice can be made void.");
  }
  const { pre_payment_amount: cents } = before;
  const changes = {
    ...{ amount_remaining: invoice.amount_remaining + cents, amount_due: invoice.amount_due + cents },
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - cents,
  };
  account.change("invoice", invoice, changes, "invoice.updated");
  const voided = { status: "void" as const, voided_at: account.clock.now() };
  return account.change("credit_note", before, voided, "credit_note.voided");
}

function list({ account, params, url }: Call<Stripe.CreditNoteListParams>): object {
  refuseUnbuilt(params, ["created", "customer", "invoice", "limit", "starting_after", "ending_before"]);
  const { created, customer, invoice } = params;
  const rows = account.store.all("credit_note").filter((note) => {
    const isOf = (customer ?? note.customer) === note.customer && (invoice ?? note.invoice) === note.invoice;
    return isOf && isWithin(note.created, created);
  });
  return pageOf(rows, params, url, "credit note");
}

export const CREDIT_NOTES = [
  route("POST /v1/credit_notes", create),
  route("GET /v1/credit_notes", list),
  route("GET /v1/credit_notes/preview", ({ account, params }: Call<Params>) => noteOf(account, params)),
  route("GET /v1/credit_notes/{id}", (call) => noteNamed(call.account, idOf(call))),
  route("POST /v1/credit_notes/{id}/void", voidNote),
];
