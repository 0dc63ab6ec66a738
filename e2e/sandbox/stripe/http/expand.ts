import type { Account } from "../account/account";
import type { Kind } from "../account/wire";
import { invalid } from "./errors";

/** Which kind of object a field names by id. */
const KINDS: Readonly<Record<string, Kind>> = {
  configuration: "billing_portal.configuration",
  charge: "charge",
  coupon: "coupon",
  credit_note: "credit_note",
  customer: "customer",
  customer_balance_transaction: "customer_balance_transaction",
  default_payment_method: "payment_method",
  default_price: "price",
  discounts: "discount",
  feature: "entitlements.feature",
  invoice: "invoice",
  latest_invoice: "invoice",
  payment_intent: "payment_intent",
  payment_method: "payment_method",
  price: "price",
  product: "product",
  promotion_code: "promotion_code",
  refund: "refund",
  schedule: "subscription_schedule",
  subscription: "subscription",
};

type Node = Record<string, unknown>;

/** Makes what an object leaves out until it is asked for, such as a session's line items; by `object.field`. */
export type Inclusions = Readonly<Record<string, (account: Account, object: Node) => unknown>>;

// Documented: docs.stripe.com/api/expanding_objects.
const LEVELS_MAX = 4;

/** A copy of an answer with objects in place of the ids that `expand` names. */
export function expanded(account: Account, inclusions: Inclusions, body: unknown, paths: readonly string[]): unknown {
  const copy = structuredClone(body);
  for (const path of paths) {
    const names = path.split(".");
    const levels = names.filter((name) => name !== "data").length;
    if (levels > LEVELS_MAX) {
      throw invalid(`You cannot expand more than ${LEVELS_MAX} levels of a property: ${path}`, "expand");
    }
    expandAt(account, inclusions, copy, names, path);
  }
  return copy;
}

function expandAt(
  account: Account,
  inclusions: Inclusions,
  node: unknown,
  names: readonly string[],
  path: string,
): void {
  const [name, ...rest] = names;
  if (name === undefined || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) expandAt(account, inclusions, item, names, path);
    return;
  }
  const holder = node as Node;
  holder[name] = valueOf(account, inclusions, holder, name, path);
  expandAt(account, inclusions, holder[name], rest, path);
}

function valueOf(account: Account, inclusions: Inclusions, holder: Node, name: string, path: string): unknown {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
  const kind = KINDS[name];
  const include = inclusions[`${String(holder.object)}.${name}`];
  const ofId = (id: unknown) => (typeof id === "string" && kind !== undefined ? objectOf(account, kind, id) : id);
  if (typeof value === "string" && kind !== undefined) return ofId(value);
  if (Array.isArray(value)) return value.map(ofId);
  if (value === undefined && include !== undefined) return structuredClone(include(account, holder));
  // An expandable field that is empty stays so; one that was expanded before is only walked through.
  if ((value === null && kind !== undefined) || (value !== null && typeof value === "object")) return value;
  throw invalid(`This property cannot be expanded (${name}) of ${path}.`, "expand");
}

function objectOf(account: Account, kind: Kind, id: string): unknown {
  // Of what is deleted, the contract shows only customers and products in place of their id.
  const isShown = kind === "customer" || kind === "product";
  if (isShown && account.store.isDeleted(kind, id)) return { id, object: kind, deleted: true };
  // A copy: what is expanded next is written into it.
  return structuredClone(account.store.get(kind, id)) ?? id;
}
