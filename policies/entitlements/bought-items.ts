import { type Bought, boughtBy } from "./catalogue";
import type { SkuId } from "./schema";
import type { StripeItem, StripePrice, StripeSubscription } from "./stripe-objects";
import type { AddOn } from "./words";

/** Why the items of a subscription come to no plan. */
export type ItemFault =
  "unknown-price" | "two-plans" | "add-on-without-plan" | "mixed-plans" | "item-twice" | "quantity" | "list-cut-short";

export interface BoughtPlan {
  plan: SkuId;
  addOns: AddOn[];
  moreSeats: number;
  periodEnd: Date;
  catalogueVersion: number;
}

export type ItemsRead = { plan: BoughtPlan } | { fault: ItemFault; detail: string };

/** What a price was made as: its metadata first, as its lookup key moves on when the catalogue changes. */
export const madeAs = ({ metadata, lookup_key: key }: StripePrice): Bought | null =>
  boughtBy(metadata.conductor_price ?? key ?? "");

const fault = (why: ItemFault, detail: string): ItemsRead => ({ fault: why, detail });

interface KnownItem {
  item: StripeItem;
  bought: Bought;
}

function faultOf(known: readonly KnownItem[]): ItemsRead | null {
  const bases = known.filter(({ bought }) => bought.what === "base");
  const [base] = bases;
  if (base === undefined) return fault("add-on-without-plan", known.map(({ item }) => item.price.id).join(", "));
  if (bases.length > 1) return fault("two-plans", bases.map(({ bought }) => bought.sku).join(", "));
  const other = known.find(({ bought }) => bought.sku !== base.bought.sku);
  if (other !== undefined) return fault("mixed-plans", `${other.bought.sku} with ${base.bought.sku}`);
  const whats = known.map(({ bought }) => bought.what);
  const twice = whats.find((what, nth) => whats.indexOf(what) !== nth);
  if (twice !== undefined) return fault("item-twice", twice);
  const wrong = known.find(({ item, bought: { what } }) =>
    what === "seat" || what === "usage" ? (item.quantity ?? 0) < 0 : (item.quantity ?? 1) !== 1,
  );
  return wrong === undefined ? null : fault("quantity", `${wrong.item.quantity ?? 0} of ${wrong.bought.what}`);
}

/**
 * What the items of a subscription come to: exactly one plan, and what belongs to it. Never the first of several. Prices that
 * are archived, or were replaced since, stand for what they were made as.
 */
export function readItems({ items }: Pick<StripeSubscription, "items">): ItemsRead {
  if (items.has_more) return fault("list-cut-short", `${items.data.length} items and more`);
  const known: KnownItem[] = [];
  for (const item of items.data) {
    const bought = madeAs(item.price);
    if (bought === null) return fault("unknown-price", item.price.id);
    known.push({ item, bought });
  }
  const wrong = faultOf(known);
  if (wrong !== null) return wrong;
  const base = known.find(({ bought }) => bought.what === "base");
  if (base === undefined) return fault("add-on-without-plan", "");
  return {
    plan: {
      plan: base.bought.sku,
      addOns: known
        .flatMap(({ bought: { what } }) => (what === "incident" || what === "compliance" ? [what] : []))
        .sort(),
      moreSeats: known.find(({ bought }) => bought.what === "seat")?.item.quantity ?? 0,
      // Periods belong to items since 2025; the plan's own counts.
      periodEnd: new Date(base.item.current_period_end * 1000),
      catalogueVersion: base.bought.catalogue,
    },
  };
}
