import type Stripe from "stripe";
import { newId } from "../account/ids";
import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";
import { endAllOf } from "./subscription-end";

type Customer = Kinds["customer"];
type Params = Stripe.CustomerCreateParams & Stripe.CustomerUpdateParams;

function create({ account, params }: Call<Params>): Customer {
  refuseUnbuilt(params, [...BUILT, "test_clock"]);
  const clock = params.test_clock ?? null;
  if (clock !== null && account.store.get("test_helpers.test_clock", clock) === undefined) {
    throw missing("test clock", clock, "test_clock");
  }
  const customer: Customer = {
    ...{ id: newId("cus", 14), object: "customer", created: account.clock.now(), livemode: false },
    ...{ address: null, balance: 0, currency: null, default_source: null, delinquent: false, description: null },
    ...{ discount: null, email: null, invoice_prefix: newId("", 8).slice(1).toUpperCase(), name: null, phone: null },
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    ...{
      metadata: {},
      next_invoice_sequence: 1,
      preferred_locales: [],
      shipping: null,
      tax_exempt: "none",
      test_clock: clock,
    },
  };
  const after = { ...customer, ...changesOf(account, params, customer) };
  account.store.put("customer", after);
  account.emit("customer.created", after);
  return after;
}

function update(call: Call<Params>): Customer {
  const { account, params } = call;
  refuseUnbuilt(params, BUILT);
  const before = customerNamed(account, idOf(call));
  return account.change("customer", before, changesOf(account, params, before), "customer.updated");
}

const FREE = ["description", "email", "name", "phone"] as const;
const BUILT = [
  ...FREE,
  ...["address", "balance", "invoice_settings", "metadata", "preferred_locales", "shipping", "tax_exempt"],
];

function changesOf(account: Account, params: Params, before: Customer): Partial<Customer> {
  const changes: Partial<Customer> = {};
  for (const name of FREE) if (params[name] !== undefined) changes[name] = params[name] === "" ? null : params[name];
  if (params.metadata !== undefined) changes.metadata = mergedMetadata(params.metadata, before.metadata);
  if (params.balance !== undefined) changes.balance = params.balance;
  if (params.tax_exempt !== undefined) changes.tax_exempt = params.tax_exempt === "" ? "none" : params.tax_exempt;
  if (params.preferred_locales !== undefined) changes.preferred_locales = params.preferred_locales;
  if (params.address !== undefined) changes.address = params.address === "" ? null : addressOf(params.address);
  if (params.shipping !== undefined) changes.shipping = shippingOf(params.shipping);
  const method = params.invoice_settings?.default_payment_method;
  if (method !== undefined) {
    const isCleared = method === "";
    if (!isCleared && account.store.get("payment_method", method)?.customer !== before.id) {
      throw missing("PaymentMethod", method, "invoice_settings[default_payment_method]");
    }
    changes.invoice_settings = { ...before.invoice_settings, default_payment_method: isCleared ? null : method };
  }
  return changes;
}

function addressOf(given: Stripe.AddressParam | null): Customer["address"] {
  if (given === null) return null;
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = given;
  return { city, country, line1, line2, postal_code, state };
}

function shippingOf(given: Params["shipping"]): Customer["shipping"] {
  if (given === undefined || given === null || given === "") return null;
  const address = addressOf(given.address);
  return { name: given.name, phone: given.phone ?? null, ...(address ? { address } : {}) };
}

function remove(call: Call<unknown>): Stripe.DeletedCustomer {
  const { account } = call;
  const customer = customerNamed(account, idOf(call));
  endAllOf(account, customer.id);
  account.store.remove("customer", customer.id);
  account.emit("customer.deleted", customer);
  return { id: customer.id, object: "customer", deleted: true };
}

function retrieve(call: Call<unknown>): object {
  const id = idOf(call);
  if (call.account.store.isDeleted("customer", id)) return { id, object: "customer", deleted: true };
  return customerNamed(call.account, id);
}

function list({ account, params, url }: Call<Stripe.CustomerListParams>): object {
  const rows = account.store
    .all("customer")
    .filter(({ email, created }) => (params.email ?? email) === email && isWithin(created, params.created));
  return pageOf(rows, params, url, "customer");
}

export const CUSTOMERS = [
  route("POST /v1/customers", create),
  route("GET /v1/customers", list),
  route("GET /v1/customers/{id}", retrieve),
  route("POST /v1/customers/{id}", update),
  route("DELETE /v1/customers/{id}", remove),
];
