import type Stripe from "stripe";
import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid, missing } from "../http/errors";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { finalizeInvoice, markPaid } from "./invoice-drafts";
import { closeInvoice } from "./invoice-close";
import { collect, methodFor, settle, settleResumption, subscriptionOf } from "./payments";
import { discardPending, isAwaited } from "./pending-updates";
import { declineOf } from "./payment-methods";

type Invoice = Kinds["invoice"];

function invoiceNamed({ store }: Account, id: string): Invoice {
  const invoice = store.get("invoice", id);
  if (invoice === undefined) throw missing("invoice", id);
  return invoice;
}

const FILTERS = [
  "collection_method",
  "created",
  "customer",
  "status",
  "subscription",
  "limit",
  "starting_after",
  "ending_before",
];

function list({ account, params, url }: Call<Stripe.InvoiceListParams>): object {
  refuseUnbuilt(params, FILTERS);
  const { collection_method: collection, created, customer, status, subscription } = params;
  const rows = account.store.all("invoice").filter((invoice) => {
    const isOf = customer === undefined || invoice.customer === customer;
    const isFor = subscription === undefined || subscriptionOf(account, invoice)?.id === subscription;
    const isSuch = (collection ?? invoice.collection_method) === invoice.collection_method;
    return (
      isOf && isFor && isSuch && (status ?? invoice.status) === invoice.status && isWithin(invoice.created, created)
    );
  });
  return pageOf(rows, params, url, "invoice");
}

function lines(call: Call<Stripe.InvoiceListLineItemsParams>): object {
  const invoice = invoiceNamed(call.account, idOf(call));
  return pageOf(invoice.lines.data, call.params, call.url, "invoice line item");
}

function finalize(call: Call<unknown>): Invoice {
  refuseUnbuilt(call.params as object, []);
  return settle(call.account, finalizeInvoice(call.account, invoiceNamed(call.account, idOf(call))));
}

/** Documented: a decline is told with 402, and the attempt stays on the invoice. */
function pay(call: Call<Stripe.InvoicePayParams>): Invoice | ApiError {
  const { account, params } = call;
  refuseUnbuilt(params, ["paid_out_of_band", "payment_method", "off_session"]);
  const named = invoiceNamed(account, idOf(call));
  const invoice = named.status === "draft" ? finalizeInvoice(account, named) : named;
  if (invoice.status === "paid" && named.status === "draft") return settle(account, invoice);
  if (invoice.status !== "open") throw invalid(`Invoice is already ${String(invoice.status)}.`);
  if (params.paid_out_of_band === true) return settle(account, markPaid(account, invoice));
  const subscription = subscriptionOf(account, invoice);
  const fallback = subscription === undefined ? null : methodFor(account, subscription);
  const { invoice: after, outcome } = collect(account, invoice, params.payment_method ?? fallback);
  return declineOf(outcome) ?? (outcome.kind === "needs-action" ? needsAction() : after);
}

/** What a payment is answered with that its cardholder must confirm first. */
export function needsAction(): ApiError {
  const message = "This payment requires additional user action before it can be completed successfully.";
  return new ApiError(402, message, { code: "invoice_payment_intent_requires_action" });
}

function end(status: "void" | "uncollectible") {
  return (call: Call<unknown>): Invoice => {
    refuseUnbuilt(call.params as object, []);
    const before = invoiceNamed(call.account, idOf(call));
    const mayEnd = before.status === "open" || (status === "void" && before.status === "uncollectible");
    if (!mayEnd) throw invalid(`You can only make an open invoice ${status}; this one is ${String(before.status)}.`);
    const closed = closeInvoice(call.account, before, status);
    const subscription = subscriptionOf(call.account, before);
    if (subscription !== undefined && isAwaited(before, subscription)) discardPending(call.account, subscription);
    return status === "uncollectible" ? settleResumption(call.account, closed) : closed;
  };
}

export const INVOICES = [
  route("GET /v1/invoices", list),
  route("GET /v1/invoices/{id}", (call) => invoiceNamed(call.account, idOf(call))),
  route("GET /v1/invoices/{id}/lines", lines),
  route("POST /v1/invoices/{id}/finalize", finalize),
  route("POST /v1/invoices/{id}/pay", pay),
  route("POST /v1/invoices/{id}/void", end("void")),
  route("POST /v1/invoices/{id}/mark_uncollectible", end("uncollectible")),
];
