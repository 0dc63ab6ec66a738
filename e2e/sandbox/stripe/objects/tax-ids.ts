import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";

type TaxId = Kinds["tax_id"];

// Documented: five at most for a customer.
const COUNT_MAX = 5;

/** The kinds of tax id that the sandbox takes, with the shape of their values. Assumed: nothing else is checked. */
export const TAX_ID_TYPES = {
  eu_vat: { pattern: /^[A-Z]{2}[A-Z0-9]{2,12}$/, name: "EU VAT number", example: "DE123456789" },
  gb_vat: { pattern: /^GB[0-9]{9}([0-9]{3})?$/, name: "UK VAT number", example: "GB123456789" },
  us_ein: { pattern: /^\d{2}-\d{7}$/, name: "US EIN", example: "12-3456789" },
} as const;
export type TaxIdType = keyof typeof TAX_ID_TYPES;

/** Whether a word names a kind of tax id that is taken here. */
function isTaxIdType(word: string): word is TaxIdType {
  return Object.hasOwn(TAX_ID_TYPES, word);
}

/** Gives a customer a tax id; refuses a value of another shape. */
export function addTaxId(account: Account, customer: string, type: string, value: string): TaxId {
  if (!isTaxIdType(type)) throw invalid(`The local billing sandbox does not implement ${type} here yet.`, "type");
  const { pattern, name, example } = TAX_ID_TYPES[type];
  if (!pattern.test(value)) {
    throw invalid(`Invalid value for ${type}: a ${name} looks like ${example}.`, "value", "tax_id_invalid");
  }
  if (allOf(account, customer).length >= COUNT_MAX) throw invalid(`A customer has at most ${COUNT_MAX} tax IDs.`);
  const taxId: TaxId = {
    ...{ id: newId("txi"), object: "tax_id", country: type === "us_ein" ? "US" : value.slice(0, 2) },
    ...{ created: account.clock.now(), customer, customer_account: null, livemode: false },
    ...{ owner: { customer, customer_account: null, type: "customer" }, type, value },
    verification: { status: "unavailable", verified_address: null, verified_name: null },
  };
  account.store.put("tax_id", taxId);
  account.emit("customer.tax_id.created", taxId);
  return taxId;
}

function allOf({ store }: Account, customer: string): TaxId[] {
  return store.all("tax_id").filter((each) => each.customer === customer);
}

/** The tax ids of a customer as its invoices and sessions show them. */
export function taxIdsShown(account: Account, customer: string): Pick<TaxId, "type" | "value">[] {
  return allOf(account, customer).map(({ type, value }) => ({ type, value }));
}

/** The tax ids of a customer, which it shows only when asked. */
export function taxIdsOf(account: Account, customer: string): object {
  return pageOf(allOf(account, customer), undefined, `/v1/customers/${customer}/tax_ids`, "tax_id");
}

function create(call: Call<Stripe.CustomerCreateTaxIdParams>): TaxId {
  refuseUnbuilt(call.params, ["type", "value"]);
  const { id } = customerNamed(call.account, idOf(call));
  return addTaxId(call.account, id, call.params.type, call.params.value);
}

function list(call: Call<Stripe.CustomerListTaxIdsParams>): object {
  const { id } = customerNamed(call.account, idOf(call));
  return pageOf(allOf(call.account, id), call.params, call.url, "tax_id");
}

function named({ account, ids: [customer = "", id = ""] }: Call<unknown>): TaxId {
  const taxId = account.store.get("tax_id", id);
  if (taxId?.customer !== customer) throw missing("tax_id", id);
  return taxId;
}

function remove(call: Call<unknown>): Stripe.DeletedTaxId {
  const taxId = named(call);
  call.account.store.remove("tax_id", taxId.id);
  call.account.emit("customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}

export const TAX_IDS = [
  route("POST /v1/customers/{id}/tax_ids", create),
  route("GET /v1/customers/{id}/tax_ids", list),
  route("GET /v1/customers/{customerId}/tax_ids/{id}", named),
  route("DELETE /v1/customers/{customerId}/tax_ids/{id}", remove),
];
