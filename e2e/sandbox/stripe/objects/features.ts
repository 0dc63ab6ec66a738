import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { productNamed } from "./products";

type Feature = Kinds["entitlements.feature"];
type Attached = Kinds["product_feature"];

function featureNamed({ store }: Account, id: string, param = "id"): Feature {
  const feature = store.get("entitlements.feature", id);
  if (feature === undefined) throw missing("feature", id, param);
  return feature;
}

const KEY_LENGTH_MAX = 80;

/** Documented: a lookup key is one's own, of 80 characters at most. Assumed: unique, also among the inactive. */
function create({ account, params }: Call<Stripe.Entitlements.FeatureCreateParams>): Feature {
  const { lookup_key, name } = params;
  if (lookup_key.length > KEY_LENGTH_MAX) throw invalid(`At most ${KEY_LENGTH_MAX} characters.`, "lookup_key");
  if (account.store.all("entitlements.feature").some((each) => each.lookup_key === lookup_key)) {
    throw invalid("A feature already uses that lookup key.", "lookup_key", "resource_already_exists");
  }
  const feature: Feature = {
    ...{ id: newId("feat_test"), object: "entitlements.feature", active: true, livemode: false, lookup_key },
    ...{ metadata: mergedMetadata(params.metadata), name },
  };
  account.store.put("entitlements.feature", feature);
  return feature;
}

function update(call: Call<Stripe.Entitlements.FeatureUpdateParams>): Feature {
  const { account, params } = call;
  const before = featureNamed(account, idOf(call));
  const { active = before.active, name = before.name } = params;
  // Documented: deactivated for good.
  if (active && !before.active) throw invalid("A feature that is inactive stays so.", "active");
  const after = { ...before, active, name, metadata: mergedMetadata(params.metadata, before.metadata) };
  account.store.put("entitlements.feature", after);
  return after;
}

function list({ account, params, url }: Call<Stripe.Entitlements.FeatureListParams>): object {
  refuseUnbuilt(params, ["archived", "lookup_key", "limit", "starting_after", "ending_before"]);
  const { archived = false, lookup_key: key } = params;
  const rows = account.store
    .all("entitlements.feature")
    .filter((feature) => feature.active !== archived && (key ?? feature.lookup_key) === feature.lookup_key);
  return pageOf(rows, params, url, "feature");
}

function shown(account: Account, { id, feature }: Attached) {
  const entitlement_feature = featureNamed(account, feature);
  return { id, object: "product_feature" as const, entitlement_feature, livemode: false };
}

function attach(call: Call<Stripe.ProductCreateFeatureParams>): object {
  const { account, params } = call;
  const product = productNamed(account, idOf(call)).id;
  const feature = featureNamed(account, params.entitlement_feature, "entitlement_feature");
  if (!feature.active) throw invalid("An inactive feature is not attached to a product.", "entitlement_feature");
  if (ofProduct(account, product).some((each) => each.feature === feature.id)) {
    throw invalid("This product has that feature already.", "entitlement_feature", "resource_already_exists");
  }
  const attached: Attached = { id: newId("prodft"), object: "product_feature", product, feature: feature.id };
  account.store.put("product_feature", attached);
  return shown(account, attached);
}

function ofProduct({ store }: Account, product: string): Attached[] {
  return store.all("product_feature").filter((each) => each.product === product);
}

function attachedNamed({ account, ids: [product = "", id = ""] }: Call<unknown>): Attached {
  const found = ofProduct(account, productNamed(account, product).id).find((each) => each.id === id);
  if (found === undefined) throw missing("product feature", id);
  return found;
}

function detach(call: Call<unknown>): Stripe.DeletedProductFeature {
  const { id } = attachedNamed(call);
  call.account.store.remove("product_feature", id);
  return { id, object: "product_feature", deleted: true };
}

function listAttached(call: Call<Stripe.ProductListFeaturesParams>): object {
  const { account, params, url } = call;
  const rows = ofProduct(account, productNamed(account, idOf(call)).id).map((each) => shown(account, each));
  return pageOf(rows, params, url, "product feature");
}

export const FEATURES = [
  route("POST /v1/entitlements/features", create),
  route("GET /v1/entitlements/features", list),
  route("GET /v1/entitlements/features/{id}", (call) => featureNamed(call.account, idOf(call))),
  route("POST /v1/entitlements/features/{id}", update),
  route("POST /v1/products/{id}/features", attach),
  route("GET /v1/products/{id}/features", listAttached),
  route("GET /v1/products/{productId}/features/{id}", (call) => shown(call.account, attachedNamed(call))),
  route("DELETE /v1/products/{productId}/features/{id}", detach),
];
