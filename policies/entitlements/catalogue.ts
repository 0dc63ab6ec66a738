import { digestJson } from "@/server/kernel/json";
import type { Catalogue, Sku, SkuId, Subscription } from "./schema";
import { enterprise, pro, standard } from "./v1/hosted";
import { internal, whiteLabel } from "./v1/licensed";

/** What is sold now. A draft until two people sign its hash; a signed version is never changed, another one follows it. */
export const CATALOGUE: Catalogue = {
  ...{ version: 1, currency: "usd", complianceRetentionMonths: 84 },
  skus: [internal, whiteLabel, standard, pro, enterprise],
};

/** Every version that somebody may have bought from, the newest first. */
export const CATALOGUES: readonly Catalogue[] = [CATALOGUE];

/** What a signature is over: the content, as `sha256:<hex>` of its canonical JSON. */
export const catalogueHash = (catalogue: Catalogue): string => digestJson(catalogue);

/** A SKU of a catalogue by its id. Throws RangeError for a catalogue without it, which its schema rules out. */
export function skuNamed(id: SkuId, { version, skus }: Catalogue = CATALOGUE): Sku {
  const sku = skus.find((each) => each.id === id);
  if (sku === undefined) throw new RangeError(`catalogue ${version} has no ${id}`);
  return sku;
}

export interface Bought {
  catalogue: number;
  sku: SkuId;
  what: "base" | "seat" | "usage" | "incident" | "compliance";
}

function pricesOf({ base, seat, usage, addOns }: Subscription): [Bought["what"], string][] {
  const sold = { base, seat, usage, incident: addOns.incident, compliance: addOns.compliance };
  const entries = Object.entries(sold) as [Bought["what"], { lookupKey: string } | null][];
  return entries.flatMap(([what, each]) => (each === null ? [] : [[what, each.lookupKey] as [Bought["what"], string]]));
}

/** What a price at Stripe stands for, in whichever version it was bought; null for a key that no version has. */
export function boughtBy(lookupKey: string): Bought | null {
  const all = CATALOGUES.flatMap(({ version, skus }) =>
    skus.flatMap(({ id, price }) =>
      price.kind !== "subscription"
        ? []
        : pricesOf(price).map(([what, key]) => ({ key, bought: { catalogue: version, sku: id, what } })),
    ),
  );
  return all.find(({ key }) => key === lookupKey)?.bought ?? null;
}
