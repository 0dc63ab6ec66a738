import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft, Wire } from "../account/wire";
import { roundedCents } from "../engine/decimals";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { draftsOf, withLines } from "./invoice-drafts";
import { amountFor } from "./invoice-lines";
import { customerNamed } from "./living-customer";
import { dropLine, keepLine, takeLine } from "./pending-lines";
import { priceNamed } from "./prices";
import { hasEnded } from "./subscription-end";

type InvoiceItem = Kinds["invoiceitem"];
type Params = Wire<Stripe.InvoiceItemCreateParams>;

const BUILT = [
  ...["amount", "currency", "customer", "description", "discountable", "invoice", "metadata", "period"],
  ...["pricing", "quantity", "subscription"],
];

function itemNamed({ store }: Account, id: string): InvoiceItem {
  const item = store.get("invoiceitem", id);
  if (item === undefined) throw missing("invoiceitem", id);
  return item;
}

/** Documented: without an invoice it waits for the next one, of its subscription if it names one. */
function create({ account, params }: Call<Params>): InvoiceItem {
  refuseUnbuilt(params, BUILT);
  const customer = customerNamed(account, params.customer ?? "", "customer").id;
  const priced = pricedOf(account, params);
  const invoice = draftNamed(account, params.invoice, customer);
  const subscription = subscriptionOf(account, params.subscription, customer);
  const currency = priced.price?.currency ?? params.currency?.toLowerCase();
  if (currency === undefined) throw invalid("Missing required param: currency.", "currency", "parameter_missing");
  const now = account.clock.now();
  const line: LineDraft = {
    ...{ itemId: null, ...priced, description: params.description ?? null, isProration: false },
    period: params.period ?? { start: now, end: now },
    isDiscountable: params.discountable ?? priced.cents >= 0,
  };
  const metadata = mergedMetadata(params.metadata);
  const item = keepLine(account, { customer, subscription, currency, line, metadata });
  if (invoice === null) return item;
  if (invoice.currency !== currency) throw invalid(`This invoice is in ${invoice.currency}.`, "currency");
  withLines(account, invoice, [...draftsOf(account, invoice), { ...line, invoiceItem: item.id }]);
  takeLine(account, item.id, invoice.id);
  return itemNamed(account, item.id);
}

/** Either an amount, or a price by a quantity. */
function pricedOf(account: Account, params: Params): Pick<LineDraft, "cents" | "price" | "quantity"> {
  const { amount, pricing, quantity = 1 } = params;
  if ((amount === undefined) === (pricing?.price === undefined)) {
    throw invalid("You must specify one of amount and pricing[price].", "amount", "parameter_missing");
  }
  if (amount !== undefined) {
    if (!Number.isInteger(amount)) throw invalid(`Invalid integer: ${amount}`, "amount", "parameter_invalid_integer");
    if (params.quantity !== undefined) throw invalid("A quantity goes with pricing, not with amount.", "quantity");
    return { cents: amount, price: null, quantity: 1 };
  }
  if (!Number.isInteger(quantity) || quantity < 0) {
    throw invalid(`Invalid non-negative integer: ${quantity}`, "quantity", "parameter_invalid_integer");
  }
  const price = priceNamed(account, pricing?.price ?? "", "pricing[price]");
  if (price.type !== "one_time") {
    const message = "The price specified is set to `type=recurring` but this field only accepts `type=one_time`.";
    throw invalid(message, "pricing[price]");
  }
  return { cents: roundedCents(amountFor(account, price, quantity)), price, quantity };
}

function draftNamed({ store }: Account, id: string | undefined, customer: string): Kinds["invoice"] | null {
  if (id === undefined) return null;
  const invoice = store.get("invoice", id);
  if (invoice?.customer !== customer) throw missing("invoice", id, "invoice");
  if (invoice.status !== "draft") throw invalid("You can only add items to draft invoices.", "invoice");
  return invoice;
}

function subscriptionOf({ store }: Account, id: string | undefined, customer: string): string | null {
  if (id === undefined) return null;
  const subscription = store.get("subscription", id);
  if (subscription?.customer !== customer) throw missing("subscription", id, "subscription");
  if (hasEnded(subscription)) throw invalid("This subscription has ended.", "subscription");
  return id;
}

/** Documented: only while it waits, or stands on a draft. */
function remove(call: Call<unknown>): Stripe.DeletedInvoiceItem {
  const { account } = call;
  const item = itemNamed(account, idOf(call));
  const invoice = item.invoice === null ? undefined : account.store.get("invoice", idIn(item.invoice));
  if (invoice !== undefined) {
    if (invoice.status !== "draft") throw invalid("You can only delete items that are on no invoice or on a draft.");
    const left = draftsOf(account, invoice).filter(({ invoiceItem }) => invoiceItem !== item.id);
    withLines(account, invoice, left);
  }
  dropLine(account, item.id);
  return { id: item.id, object: "invoiceitem", deleted: true };
}

const FILTERS = ["created", "customer", "invoice", "pending", "limit", "starting_after", "ending_before"];

function list({ account, params, url }: Call<Stripe.InvoiceItemListParams>): object {
  refuseUnbuilt(params, FILTERS);
  const { created, customer, invoice, pending } = params;
  const rows = account.store.all("invoiceitem").filter((item) => {
    const isOf = (customer ?? item.customer) === item.customer && (invoice ?? item.invoice) === item.invoice;
    return isOf && (pending ?? item.invoice === null) === (item.invoice === null) && isWithin(item.date, created);
  });
  return pageOf(rows, params, url, "invoiceitem");
}

export const INVOICE_ITEMS = [
  route("POST /v1/invoiceitems", create),
  route("GET /v1/invoiceitems", list),
  route("GET /v1/invoiceitems/{id}", (call) => itemNamed(call.account, idOf(call))),
  route("DELETE /v1/invoiceitems/{id}", remove),
];
