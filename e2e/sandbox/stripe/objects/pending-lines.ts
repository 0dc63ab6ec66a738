import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";

type InvoiceItem = Kinds["invoiceitem"];

interface Waiting {
  customer: string;
  subscription: string | null;
  currency: string;
  line: LineDraft;
  metadata?: Record<string, string>;
}

/** The lines that wait for the next invoice of a subscription, oldest first. Documented: those of no subscription wait for any. */
export function waitingLines({ store }: Account, { id, customer }: Kinds["subscription"]): Kinds["pending_line"][] {
  return store
    .all("pending_line")
    .filter((each) => each.subscription === id || (each.subscription === null && each.customer === customer))
    .reverse();
}

/** Keeps a line for the next invoice, as an invoice item. */
export function keepLine(account: Account, { customer, subscription, currency, line, metadata = {} }: Waiting) {
  const id = newId("ii");
  const { price, quantity } = line;
  const item: InvoiceItem = {
    ...{ id, object: "invoiceitem", amount: line.cents, currency, customer, customer_account: null },
    ...{ date: account.clock.now(), description: line.description, discounts: [] },
    ...{ discountable: line.isDiscountable ?? !line.isProration, invoice: null, livemode: false, metadata },
    ...{ net_amount: line.cents, parent: parentOf(subscription, line), period: line.period },
    pricing:
      price === null
        ? null
        : {
            ...{ price_details: { price: price.id, product: idIn(price.product) }, type: "price_details" as const },
            unit_amount_decimal: price.unit_amount_decimal,
          },
    ...{ proration: line.isProration, quantity, quantity_decimal: String(quantity), tax_rates: [], test_clock: null },
  };
  account.store.put("invoiceitem", item);
  const kept = { ...line, invoiceItem: id };
  account.store.put("pending_line", { id, object: "pending_line", customer, subscription, line: kept });
  account.emit("invoiceitem.created", item);
  return item;
}

function parentOf(subscription: string | null, { itemId }: LineDraft): InvoiceItem["parent"] {
  if (subscription === null) return null;
  const details = { subscription, ...(itemId === null ? {} : { subscription_item: itemId }) };
  return { subscription_details: details, type: "subscription_details" };
}

/** A line waits no longer: it stands on an invoice. */
export function takeLine({ store }: Account, id: string, invoice: string): void {
  store.remove("pending_line", id);
  const item = store.get("invoiceitem", id);
  if (item !== undefined) store.put("invoiceitem", { ...item, invoice });
}

/** A line is waited for no longer. */
export function dropLine(account: Account, id: string): void {
  const item = account.store.get("invoiceitem", id);
  account.store.remove("pending_line", id);
  if (item === undefined) return;
  account.store.remove("invoiceitem", id);
  account.emit("invoiceitem.deleted", item);
}
