import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";

type Product = Kinds["product"];
type Params = Stripe.ProductUpdateParams;

/** The living product behind an id; `param` says where the id was named. */
export function productNamed(account: Account, id: string, param = "id"): Product {
  const product = account.store.get("product", id);
  if (product === undefined) throw missing("product", id, param);
  return product;
}

const BUILT = ["active", "description", "metadata", "name", "unit_label", "url", "marketing_features", "tax_code"];

/** Keeps a new product, for the product's own operation and for a price that brings its product along. */
export function createProduct(account: Account, params: Stripe.ProductCreateParams): Product {
  refuseUnbuilt(params, [...BUILT, "id"]);
  const id = params.id ?? newId("prod", 14);
  if (account.store.get("product", id) !== undefined) {
    throw invalid(`Product already exists.`, "id", "resource_already_exists");
  }
  const now = account.clock.now();
  const product: Product = {
    ...{ id, object: "product", active: true, created: now, updated: now, livemode: false, name: params.name },
    ...{ default_price: null, description: null, images: [], marketing_features: [], metadata: {} },
    ...{ package_dimensions: null, shippable: null, statement_descriptor: null, tax_code: null, tax_details: null },
    ...{ type: "service", unit_label: null, url: null },
  };
  const after = { ...product, ...changesOf(params, product) };
  account.store.put("product", after);
  account.emit("product.created", after);
  return after;
}

function changesOf(params: Params, before: Product): Partial<Product> {
  const changes: Partial<Product> = {};
  if (params.name !== undefined) changes.name = params.name;
  if (params.active !== undefined) changes.active = params.active;
  for (const name of ["description", "unit_label", "url", "tax_code"] as const) {
    const given = params[name];
    if (given !== undefined) changes[name] = given === "" ? null : given;
  }
  if (params.metadata !== undefined) changes.metadata = mergedMetadata(params.metadata, before.metadata);
  const features = params.marketing_features;
  if (features !== undefined) changes.marketing_features = features === "" || features === null ? [] : features;
  return changes;
}

function update(call: Call<Stripe.ProductUpdateParams>): Product {
  const { account, params } = call;
  refuseUnbuilt(params, [...BUILT, "default_price"]);
  const before = productNamed(account, idOf(call));
  const changes = changesOf(params, before);
  const price = params.default_price;
  if (price !== undefined) {
    if (account.store.get("price", price)?.product !== before.id) throw missing("price", price, "default_price");
    changes.default_price = price;
  }
  return account.change("product", before, { ...changes, updated: account.clock.now() }, "product.updated");
}

function remove(call: Call<unknown>): Stripe.DeletedProduct {
  const { account } = call;
  const product = productNamed(account, idOf(call));
  // Documented: a product that has prices cannot be deleted, only archived.
  if (account.store.all("price").some((price) => price.product === product.id)) {
    throw invalid("This product cannot be deleted because it has one or more user-created prices.");
  }
  account.store.remove("product", product.id);
  account.emit("product.deleted", product);
  return { id: product.id, object: "product", deleted: true };
}

function list({ account, params, url }: Call<Stripe.ProductListParams>): object {
  refuseUnbuilt(params, ["active", "created", "ids", "limit", "starting_after", "ending_before"]);
  const rows = account.store.all("product").filter(({ id, active, created }) => {
    const isNamed = params.ids?.includes(id) ?? true;
    return isNamed && (params.active ?? active) === active && isWithin(created, params.created);
  });
  return pageOf(rows, params, url, "product");
}

export const PRODUCTS = [
  route("POST /v1/products", ({ account, params }: Call<Stripe.ProductCreateParams>) => createProduct(account, params)),
  route("GET /v1/products", list),
  route("GET /v1/products/{id}", (call) => productNamed(call.account, idOf(call))),
  route("POST /v1/products/{id}", update),
  route("DELETE /v1/products/{id}", remove),
];
