import type { Catalogue, Sku, Subscription, Tier } from "./schema";

/** A product as it should be at the seller; its id is ours. */
export interface DesiredProduct {
  id: string;
  name: string;
}

/** A price as it should be: it never changes, and its lookup key names it with the version of the catalogue. */
export interface DesiredPrice {
  lookupKey: string;
  product: string;
  nickname: string;
  currency: string;
  /** Per month: a fixed amount for each, in cents, or what a meter counts by graduated tiers. */
  charge: { cents: number } | { meter: string; tiers: readonly Tier[] };
}

export interface DesiredMeter {
  eventName: string;
  displayName: string;
}

export interface Desired {
  version: number;
  products: DesiredProduct[];
  meters: DesiredMeter[];
  prices: DesiredPrice[];
}

/** Where a meter event names its customer and its value. */
export const METER_KEYS = { customer: "stripe_customer_id", value: "value" } as const;

const WORDS = {
  base: "",
  seat: " – further seats",
  usage: " – weighted tasks",
  incident: " – incident automation",
  compliance: " – compliance pack",
} as const;
type What = keyof typeof WORDS;

const productId = (sku: Sku, what: What) => `conductor_${sku.id}${what === "base" ? "" : `_${what}`}`;

function chargesOf({
  base,
  seat,
  usage,
  addOns,
}: Subscription): { what: What; lookupKey: string; charge: DesiredPrice["charge"] }[] {
  const fixed = { base, seat, incident: addOns.incident, compliance: addOns.compliance };
  const prices = Object.entries(fixed).flatMap(([what, price]) =>
    price === null ? [] : [{ what: what as What, lookupKey: price.lookupKey, charge: { cents: price.cents } }],
  );
  const { lookupKey, meter, tiers } = usage;
  return [...prices, { what: "usage", lookupKey, charge: { meter, tiers } }];
}

/** Everything that a catalogue sells by subscription, as objects at the seller. */
export function desiredOf({ version, currency, skus }: Catalogue): Desired {
  const desired: Desired = { version, products: [], meters: [], prices: [] };
  for (const sku of skus) {
    if (sku.price.kind !== "subscription") continue;
    for (const { what, lookupKey, charge } of chargesOf(sku.price)) {
      const product = { id: productId(sku, what), name: `${sku.title}${WORDS[what]}` };
      desired.products.push(product);
      desired.prices.push({
        lookupKey,
        product: product.id,
        nickname: `${product.name} (v${version})`,
        currency,
        charge,
      });
      if ("meter" in charge && !desired.meters.some(({ eventName }) => eventName === charge.meter))
        desired.meters.push({ eventName: charge.meter, displayName: "Weighted tasks" });
    }
  }
  return desired;
}
