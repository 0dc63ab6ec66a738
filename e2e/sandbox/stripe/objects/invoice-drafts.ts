import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { invalid } from "../http/errors";
import { discountsAt, spend } from "./discounts";
import { linesOf } from "./invoice-lines";
import { taxIdsShown } from "./tax-ids";
import { takeLine, waitingLines } from "./pending-lines";
import { usageOf } from "./usage-lines";

type Invoice = Kinds["invoice"];
type Reason = "subscription_create" | "subscription_cycle" | "subscription_update" | "upcoming";

interface Making {
  subscription: Kinds["subscription"];
  drafts: readonly LineDraft[];
  reason: Reason;
  /** When it is finalised by itself; null for at once, by whoever makes it. */
  finalizesAt: number | null;
  /** It stays a draft until somebody acts. */
  isKept?: boolean;
  /** The period that has ended, when the invoice is for the next one. */
  period?: { start: number; end: number };
}

/** What the customer's state adds to an invoice. */
function customerOf({ store }: Account, subscription: Kinds["subscription"]): Kinds["customer"] {
  const customer = store.get("customer", idIn(subscription.customer));
  if (customer === undefined) throw new Error(`the customer of ${subscription.id} is gone`);
  return customer;
}

/** Totals of lines in cents: before discounts, their sum, and after them. */
function totalsOf(lines: Invoice["lines"]["data"], discounts: readonly string[]) {
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const amounts = discounts.map((discount) => {
    const off = lines.flatMap((line) => (line.discount_amounts ?? []).filter((each) => each.discount === discount));
    return { discount, amount: off.reduce((sum, { amount }) => sum + amount, 0) };
  });
  return { subtotal, amounts, total: subtotal - amounts.reduce((sum, { amount }) => sum + amount, 0) };
}

/** An invoice of a subscription as it would be, kept nowhere. */
export function draftInvoice(account: Account, making: Making): Invoice {
  const { subscription, drafts, reason, finalizesAt } = making;
  const now = account.clock.now();
  const customer = customerOf(account, subscription);
  const id = newId("in");
  const discounts = discountsAt(account, subscription.discounts, now);
  const of = { invoice: id, subscription: subscription.id, currency: subscription.currency };
  const data = linesOf(account, of, drafts, discounts);
  const { subtotal, amounts, total } = totalsOf(data, discounts);
  const period = making.period ?? { start: now, end: now };
  const isSent = subscription.collection_method === "send_invoice";
  return {
    ...{ id, object: "invoice", account_country: "US", account_name: "Local billing sandbox", account_tax_ids: null },
    ...{ amount_due: Math.max(0, total), amount_overpaid: 0, amount_paid: 0, amount_remaining: Math.max(0, total) },
    ...{
      amount_shipping: 0,
      application: null,
      attempt_count: 0,
      attempted: false,
      auto_advance: making.isKept !== true,
    },
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    ...{
      automatically_finalizes_at: finalizesAt,
      billing_reason: reason,
      created: now,
      currency: subscription.currency,
    },
    ...{
      collection_method: subscription.collection_method,
      custom_fields: null,
      customer: customer.id,
      customer_account: null,
    },
    ...{
      customer_address: customer.address ?? null,
      customer_email: customer.email,
      customer_name: customer.name ?? null,
    },
    ...{
      customer_phone: customer.phone ?? null,
      customer_shipping: customer.shipping,
      customer_tax_ids: taxIdsShown(account, customer.id),
    },
    ...{ customer_tax_exempt: customer.tax_exempt ?? "none", default_payment_method: null, default_source: null },
    ...{ default_tax_rates: [], description: null, discounts, effective_at: null, ending_balance: null, footer: null },
    ...{ due_date: isSent ? now + (subscription.days_until_due ?? 0) * 86_400 : null, from_invoice: null },
    ...{ hosted_invoice_url: null, invoice_pdf: null, issuer: { type: "self" }, last_finalization_error: null },
    lines: { object: "list", data, has_more: false, url: `/v1/invoices/${id}/lines` },
    ...{
      latest_revision: null,
      livemode: false,
      metadata: {},
      next_payment_attempt: null,
      number: null,
      on_behalf_of: null,
    },
    parent: {
      ...{ quote_details: null, type: "subscription_details" },
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    ...{ period_end: period.end, period_start: period.start },
    ...{
      post_payment_credit_notes_amount: 0,
      pre_payment_credit_notes_amount: 0,
      receipt_number: null,
      rendering: null,
    },
    ...{ shipping_cost: null, shipping_details: null, starting_balance: customer.balance, statement_descriptor: null },
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    ...{ subtotal, subtotal_excluding_tax: subtotal, test_clock: null, total, total_discount_amounts: amounts },
    ...{ total_excluding_tax: total, total_pretax_credit_amounts: [], total_taxes: [], webhooks_delivered_at: null },
  };
}

/** Keeps a new draft, with the lines that waited for it. */
export function makeInvoice(account: Account, making: Making): Invoice {
  const { store } = account;
  const waiting = waitingLines(account, making.subscription);
  const drafts = [...waiting.map(({ line }) => line), ...making.drafts].map((draft) => ({ id: newId("il"), ...draft }));
  const invoice = draftInvoice(account, { ...making, drafts });
  for (const { id } of waiting) takeLine(account, id, invoice.id);
  spend(
    account,
    invoice.discounts.filter((id) => typeof id === "string"),
  );
  store.put("invoice", invoice);
  store.put("invoice_terms", { id: invoice.id, object: "invoice_terms", drafts });
  account.emit("invoice.created", invoice);
  return invoice;
}

/** What the lines of an invoice were made of. */
export function draftsOf({ store }: Account, invoice: Invoice): LineDraft[] {
  return store.get("invoice_terms", invoice.id)?.drafts ?? [];
}

/** A draft with other lines; its totals follow. */
export function withLines(account: Account, invoice: Invoice, drafts: readonly LineDraft[]): Invoice {
  if (invoice.status !== "draft") throw invalid("Lines are added to and taken off draft invoices only.", "invoice");
  const named = drafts.map((draft) => ({ id: newId("il"), ...draft }));
  const discounts = invoice.discounts.filter((id) => typeof id === "string");
  const subscription = invoice.parent?.subscription_details?.subscription;
  const of = { invoice: invoice.id, subscription: idIn(subscription ?? null), currency: invoice.currency };
  const data = linesOf(account, of, named, discounts);
  const { subtotal, amounts, total } = totalsOf(data, discounts);
  const due = Math.max(0, total);
  const changes: Partial<Invoice> = {
    ...{ lines: { ...invoice.lines, data }, amount_due: due, amount_remaining: due, subtotal, total },
    ...{ subtotal_excluding_tax: subtotal, total_discount_amounts: amounts, total_excluding_tax: total },
  };
  account.store.put("invoice_terms", { id: invoice.id, object: "invoice_terms", drafts: named });
  return account.change("invoice", invoice, changes, "invoice.updated");
}

/**
 * Makes a draft binding: it gets its number, and the customer's balance is set against it. Documented: a credit balance
 * lowers what is due, what an invoice gives back is added to it; an invoice with nothing due is paid at once.
 */
export function finalizeInvoice(account: Account, before: Invoice): Invoice {
  if (before.status !== "draft") throw invalid("This invoice is already finalized, you can't re-finalize it.");
  const drafts = draftsOf(account, before);
  const isUsed = drafts.some(({ usage }) => usage !== undefined);
  const draft = isUsed
    ? withLines(
        account,
        before,
        drafts.map((each) => usageOf(account, each)),
      )
    : before;
  const { store, clock } = account;
  const customer = store.get("customer", idIn(draft.customer));
  if (customer === undefined) throw invalid("The customer of this invoice is deleted.");
  const due = Math.max(0, draft.total + customer.balance);
  const balance = customer.balance + draft.total - due;
  const sequence = customer.next_invoice_sequence ?? 1;
  account.change("customer", customer, { balance, next_invoice_sequence: sequence + 1 }, "customer.updated");
  const now = clock.now();
  const changes: Partial<Invoice> = {
    ...{
      status: "open",
      number: `${customer.invoice_prefix ?? "X"}-${String(sequence).padStart(4, "0")}`,
      effective_at: now,
      hosted_invoice_url: `${account.pages}/pay/invoices/${draft.id}`,
    },
    ...{ amount_due: due, amount_remaining: due, starting_balance: customer.balance, ending_balance: balance },
    ...{ automatically_finalizes_at: null, status_transitions: { ...draft.status_transitions, finalized_at: now } },
  };
  const open = account.change("invoice", draft, changes, "invoice.finalized");
  return due === 0 ? markPaid(account, open) : open;
}

/** Records that an invoice is paid. */
export function markPaid(account: Account, invoice: Invoice): Invoice {
  const paid: Invoice = {
    ...{ ...invoice, status: "paid", amount_paid: invoice.amount_due, amount_remaining: 0, attempted: true },
    ...{ next_payment_attempt: null, auto_advance: false },
    status_transitions: { ...invoice.status_transitions, paid_at: account.clock.now() },
  };
  account.store.put("invoice", paid);
  account.emit("invoice.paid", paid);
  account.emit("invoice.payment_succeeded", paid);
  return paid;
}
