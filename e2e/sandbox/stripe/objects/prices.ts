import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds, Wire } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { meterNamed } from "./meters";
import { amountsOf, tiersOf } from "./price-tiers";
import { createProduct, productNamed } from "./products";

type Price = Kinds["price"];
type CreateParams = Wire<Stripe.PriceCreateParams>;

/** The price behind an id; `param` says where the id was named. */
export function priceNamed(account: Account, id: string, param = "id"): Price {
  const price = account.store.get("price", id);
  if (price === undefined) throw missing("price", id, param);
  return price;
}

const BUILT = [
  ...[
    "active",
    "billing_scheme",
    "currency",
    "lookup_key",
    "metadata",
    "nickname",
    "product",
    "product_data",
    "recurring",
  ],
  ...["tax_behavior", "tiers", "tiers_mode", "transfer_lookup_key", "unit_amount", "unit_amount_decimal"],
];

function create({ account, params }: Call<CreateParams>): Price {
  refuseUnbuilt(params, BUILT);
  const pricing = pricingOf(params);
  const id = newId("price");
  const price: Price = {
    ...{ id, object: "price", active: params.active ?? true, created: account.clock.now(), livemode: false },
    ...{ currency: currencyOf(params.currency), custom_unit_amount: null, product: productOf(account, params) },
    ...{ lookup_key: takenLookupKey(account, params), metadata: mergedMetadata(params.metadata) },
    ...{ nickname: params.nickname ?? null, recurring: recurringOf(account, params), transform_quantity: null },
    ...{
      tax_behavior: params.tax_behavior ?? "unspecified",
      type: params.recurring === undefined ? "one_time" : "recurring",
    },
    ...pricing,
  };
  if (params.tiers !== undefined) {
    account.store.put("price_tiers", { id, object: "price_tiers", tiers: tiersOf(params.tiers) });
  }
  account.store.put("price", price);
  account.emit("price.created", price);
  return price;
}

function currencyOf(given: string): string {
  const currency = given.toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${given}`, "currency");
  return currency;
}

/** Either one amount for each unit, or tiers. */
function pricingOf(params: CreateParams) {
  const { whole, exact } = amountsOf(params.unit_amount, params.unit_amount_decimal, "unit_amount");
  if (params.billing_scheme !== "tiered") {
    if (params.tiers !== undefined || params.tiers_mode !== undefined) {
      throw invalid("Tiers need billing_scheme=tiered.", "tiers");
    }
    if (exact === null)
      throw invalid("You must specify unit_amount or unit_amount_decimal.", "unit_amount", "parameter_missing");
    return { billing_scheme: "per_unit" as const, tiers_mode: null, unit_amount: whole, unit_amount_decimal: exact };
  }
  if (exact !== null) throw invalid("A tiered price has no unit_amount of its own.", "unit_amount");
  if (params.tiers === undefined) throw invalid("Missing required param: tiers.", "tiers", "parameter_missing");
  if (params.tiers_mode === undefined)
    throw invalid("Missing required param: tiers_mode.", "tiers_mode", "parameter_missing");
  if (params.recurring === undefined) throw invalid("Tiers are for recurring prices only.", "tiers");
  const tiered = { billing_scheme: "tiered" as const, tiers_mode: params.tiers_mode };
  return { ...tiered, unit_amount: null, unit_amount_decimal: null };
}

/** Documented: three years at most. */
const COUNT_MAX = new Map<string, number>([
  ["day", 1095],
  ["week", 156],
  ["month", 36],
  ["year", 3],
]);

function recurringOf(account: Account, { recurring }: CreateParams): Price["recurring"] {
  if (recurring === undefined) return null;
  const { interval, interval_count: count = 1, meter = null, usage_type: usage = "licensed" } = recurring;
  const most = COUNT_MAX.get(interval) ?? 0;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw invalid(`Invalid interval_count: between 1 and ${most} for ${interval}.`, "recurring[interval_count]");
  }
  if (usage === "metered" && meter === null) {
    throw invalid("A metered price needs a meter.", "recurring[meter]", "parameter_missing");
  }
  if (meter !== null && meterNamed(account, meter, "recurring[meter]").status !== "active") {
    throw invalid("An inactive meter is not attached to a price.", "recurring[meter]");
  }
  if (usage === "licensed" && meter !== null) throw invalid("Only a metered price has a meter.", "recurring[meter]");
  const trial = recurring.trial_period_days ?? null;
  return { interval, interval_count: count, meter, trial_period_days: trial, usage_type: usage };
}

function productOf(account: Account, params: CreateParams): string {
  if ((params.product === undefined) === (params.product_data === undefined)) {
    throw invalid("You must specify one of product and product_data.", "product", "parameter_missing");
  }
  if (params.product_data !== undefined) return createProduct(account, params.product_data).id;
  return productNamed(account, params.product ?? "", "product").id;
}

/** Documented: a lookup key belongs to one price; `transfer_lookup_key` takes it from the one that has it. */
function takenLookupKey(
  account: Account,
  params: { lookup_key?: string; transfer_lookup_key?: boolean },
  self?: string,
): string | null {
  const key = params.lookup_key ?? null;
  const holder = account.store
    .all("price")
    .find((price) => key !== null && price.lookup_key === key && price.id !== self);
  if (holder === undefined) return key;
  if (params.transfer_lookup_key !== true) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, "lookup_key");
  }
  account.change("price", holder, { lookup_key: null }, "price.updated");
  return key;
}

function update(call: Call<Wire<Stripe.PriceUpdateParams>>): Price {
  const { account, params } = call;
  refuseUnbuilt(params, ["active", "lookup_key", "metadata", "nickname", "tax_behavior", "transfer_lookup_key"]);
  const before = priceNamed(account, idOf(call));
  if (params.tax_behavior !== undefined && !["unspecified", params.tax_behavior].includes(before.tax_behavior ?? "")) {
    throw invalid("You cannot change tax_behavior once it is set to exclusive or inclusive.", "tax_behavior");
  }
  const changes: Partial<Price> = { metadata: mergedMetadata(params.metadata, before.metadata) };
  if (params.active !== undefined) changes.active = params.active;
  if (params.nickname !== undefined) changes.nickname = params.nickname === "" ? null : params.nickname;
  if (params.tax_behavior !== undefined) changes.tax_behavior = params.tax_behavior;
  if (params.lookup_key === "") changes.lookup_key = null;
  else if (params.lookup_key !== undefined) changes.lookup_key = takenLookupKey(account, params, before.id);
  return account.change("price", before, changes, "price.updated");
}

const FILTERS = [
  "active",
  "created",
  "currency",
  "lookup_keys",
  "product",
  "type",
  "limit",
  "starting_after",
  "ending_before",
];

function list({ account, params, url }: Call<Stripe.PriceListParams>): object {
  refuseUnbuilt(params, FILTERS);
  const { active, created, currency, lookup_keys: keys, product, type } = params;
  const rows = account.store.all("price").filter((price) => {
    const isOfKind = (currency ?? price.currency) === price.currency && (type ?? price.type) === price.type;
    const isNamed = keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key));
    const isOfProduct = product === undefined || price.product === product;
    return (
      isOfKind &&
      isNamed &&
      isOfProduct &&
      (active ?? price.active) === price.active &&
      isWithin(price.created, created)
    );
  });
  return pageOf(rows, params, url, "price");
}

export const PRICES = [
  route("POST /v1/prices", create),
  route("GET /v1/prices", list),
  route("GET /v1/prices/{id}", (call) => priceNamed(call.account, idOf(call))),
  route("POST /v1/prices/{id}", update),
];
