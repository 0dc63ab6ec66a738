import type Stripe from "stripe";
import type { Account } from "../account/account";
import { refuseUnbuilt } from "../http/built";
import { missing } from "../http/errors";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { hasEnded } from "./subscription-end";
import type { Item } from "./subscription-items";
import { subscriptionNamed, updateSubscription } from "./subscriptions";

const HOW = ["payment_behavior", "proration_behavior", "proration_date"];
type Update = Stripe.SubscriptionUpdateParams;
type How = Pick<Update, "payment_behavior" | "proration_behavior" | "proration_date">;

/** Items of subscriptions that have not ended are found by their own ids. */
function itemNamed({ store }: Account, id: string): Item {
  const living = store.all("subscription").filter((each) => !hasEnded(each));
  const item = living.flatMap(({ items }) => items.data).find((each) => each.id === id);
  if (item === undefined) throw missing("subscription_item", id);
  return item;
}

/** A change of items by an operation of their own is billed like any other change of the subscription. */
function changed(account: Account, subscription: string, item: NonNullable<Update["items"]>[number], how: How) {
  const { payment_behavior, proration_behavior, proration_date } = how;
  const given = { payment_behavior, proration_behavior, proration_date };
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return updateSubscription(account, subscription, { ...named, items: [item] });
}

function create({ account, params }: Call<Stripe.SubscriptionItemCreateParams>): Item {
  refuseUnbuilt(params, ["metadata", "price", "quantity", "subscription", ...HOW]);
  const { subscription: id, price, quantity, metadata } = params;
  const before = new Set(subscriptionNamed(account, id, "subscription").items.data.map((item) => item.id));
  const asked = {
    ...(price === undefined ? {} : { price }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const { items } = changed(account, id, asked, params);
  const item = items.data.find((each) => !before.has(each.id));
  if (item === undefined) throw new Error("the new item is missing");
  return item;
}

function update(call: Call<Stripe.SubscriptionItemUpdateParams>): Item {
  const { account, params } = call;
  refuseUnbuilt(params, ["metadata", "off_session", "price", "quantity", ...HOW]);
  const { id, subscription } = itemNamed(account, idOf(call));
  const { price, quantity, metadata } = params;
  const asked = {
    ...(price === undefined ? {} : { price }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  changed(account, subscription, { id, ...asked }, params);
  return itemNamed(account, id);
}

function remove(call: Call<Stripe.SubscriptionItemDeleteParams>): Stripe.DeletedSubscriptionItem {
  const { account, params } = call;
  refuseUnbuilt(params, HOW);
  const { id, subscription } = itemNamed(account, idOf(call));
  changed(account, subscription, { id, deleted: true }, params);
  return { id, object: "subscription_item", deleted: true };
}

function list({ account, params, url }: Call<Stripe.SubscriptionItemListParams>): object {
  const { items } = subscriptionNamed(account, params.subscription, "subscription");
  return pageOf(items.data, params, url, "subscription item");
}

export const SUBSCRIPTION_ITEMS = [
  route("POST /v1/subscription_items", create),
  route("GET /v1/subscription_items", list),
  route("GET /v1/subscription_items/{id}", (call) => itemNamed(call.account, idOf(call))),
  route("POST /v1/subscription_items/{id}", update),
  route("DELETE /v1/subscription_items/{id}", remove),
];
