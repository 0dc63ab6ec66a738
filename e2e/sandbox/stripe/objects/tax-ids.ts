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

/** What tax ids of some types look like; others are taken as they are. */
const SHAPES: Readonly<Partial<Record<string, RegExp>>> = {
  eu_vat: /^(ATU|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{2,12}$/,
  gb_vat: /^GB[0-9]{9}([0-9]{3})?$/,
  us_ein: /^[0-9]{2}-[0-9]{7}$/,
};

/** The tax ids of a customer, newest first. */
export function taxIdsOf({ store }: Account, customer: string): TaxId[] {
  return store.all("tax_id").filter((each) => each.customer === customer);
}

/** Assumed: verified at once. */
function create(call: Call<Stripe.CustomerCreateTaxIdParams>): TaxId {
  const { account, params } = call;
  refuseUnbuilt(params, ["type", "value"]);
  const customer = customerNamed(account, idOf(call)).id;
  const { type } = params;
  const value = params.value.trim().toUpperCase();
  if (SHAPES[type]?.test(value) === false) throw invalid(`Invalid value for ${type}.`, "value", "tax_id_invalid");
  if (taxIdsOf(account, customer).length >= COUNT_MAX) throw invalid(`A customer has at most ${COUNT_MAX} tax IDs.`);
  const taxId: TaxId = {
    ...{ id: newId("txi"), object: "tax_id", country: value.slice(0, 2).replace("EL", "GR"), customer },
    ...{ created: account.clock.now(), customer_account: null, livemode: false, type, value },
    owner: { customer, customer_account: null, type: "customer" },
    verification: { status: "verified", verified_address: null, verified_name: null },
  };
  account.store.put("tax_id", taxId);
  account.emit("customer.tax_id.created", taxId);
  return taxId;
}

function named({ account, ids: [customer = "", id = ""] }: Call<unknown>): TaxId {
  const found = taxIdsOf(account, customerNamed(account, customer).id).find((each) => each.id === id);
  if (found === undefined) throw missing("tax_id", id);
  return found;
}

function remove(call: Call<unknown>): Stripe.DeletedTaxId {
  const taxId = named(call);
  call.account.store.remove("tax_id", taxId.id);
  call.account.emit("customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}

function list(call: Call<Stripe.CustomerListTaxIdsParams>): object {
  const { account, params, url } = call;
  return pageOf(taxIdsOf(account, customerNamed(account, idOf(call)).id), params, url, "tax_id");
}

export const TAX_IDS = [
  route("POST /v1/customers/{id}/tax_ids", create),
  route("GET /v1/customers/{id}/tax_ids", list),
  route("GET /v1/customers/{customerId}/tax_ids/{id}", named),
  route("DELETE /v1/customers/{customerId}/tax_ids/{id}", remove),
];
