import { isDeepStrictEqual } from "node:util";
import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Wire } from "../account/wire";
import { missing } from "../http/errors";
import { pageOf } from "../http/pages";
import { type Call, idOf, type Route, route } from "../http/route";
import { customerNamed } from "./living-customer";

type Entitlement = Wire<Stripe.Entitlements.ActiveEntitlement>;

/** Assumed: past due still entitles, unpaid and paused do not. */
const ENTITLING = new Set<string>(["active", "past_due", "trialing"]);

/** The features that a customer has by its subscriptions' products, by id. */
function featuresOf({ store }: Account, customer: string): string[] {
  const living = store.all("subscription").filter((each) => each.customer === customer && ENTITLING.has(each.status));
  const products = new Set(living.flatMap(({ items }) => items.data.map(({ price }) => idIn(price.product))));
  const attached = store.all("product_feature").filter(({ product }) => products.has(product));
  return [...new Set(attached.map(({ feature }) => feature))].sort();
}

function entitlementOf({ store }: Account, customer: string, feature: string): Entitlement {
  const id = `ent_test_${customer.slice(4)}${feature.slice(-8)}`;
  const lookup_key = store.get("entitlements.feature", feature)?.lookup_key ?? "";
  return { id, object: "entitlements.active_entitlement", feature, livemode: false, lookup_key };
}

/** Tells of each customer whose features have changed since they were last told. */
export function tellEntitlements(account: Account): void {
  const { store } = account;
  for (const { id: customer } of store.all("customer")) {
    const features = featuresOf(account, customer);
    if (isDeepStrictEqual(features, store.get("entitlement_state", customer)?.features ?? [])) continue;
    store.put("entitlement_state", { id: customer, object: "entitlement_state", features });
    const data = features.map((feature) => entitlementOf(account, customer, feature));
    account.emit("entitlements.active_entitlement_summary.updated", {
      ...{ object: "entitlements.active_entitlement_summary" as const, customer, livemode: false },
      entitlements: { object: "list" as const, data, has_more: false, url: "/v1/entitlements/active_entitlements" },
    });
  }
}

/** A handler after which it is told whose features have changed. */
export function tellingEntitlements({ operation, handle }: Route): Route {
  return {
    operation,
    handle: (call) => {
      const answer = handle(call);
      tellEntitlements(call.account);
      return answer;
    },
  };
}

function list({ account, params, url }: Call<Stripe.Entitlements.ActiveEntitlementListParams>): object {
  const customer = customerNamed(account, params.customer, "customer").id;
  const rows = featuresOf(account, customer).map((feature) => entitlementOf(account, customer, feature));
  return pageOf(rows, params, url, "active entitlement");
}

function retrieve(call: Call<unknown>): Entitlement {
  const { account } = call;
  const all = account.store
    .all("customer")
    .flatMap(({ id }) => featuresOf(account, id).map((feature) => entitlementOf(account, id, feature)));
  const found = all.find(({ id }) => id === idOf(call));
  if (found === undefined) throw missing("active entitlement", idOf(call));
  return found;
}

export const ACTIVE_ENTITLEMENTS = [
  route("GET /v1/entitlements/active_entitlements", list),
  route("GET /v1/entitlements/active_entitlements/{id}", retrieve),
];
