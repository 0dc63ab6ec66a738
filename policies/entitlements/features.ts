import { CATALOGUE, skuNamed } from "./catalogue";
import type { Catalogue, Limit, Sku, SkuId } from "./schema";
import { ADD_ONS, type AddOn, type Feature, FEATURES } from "./words";

export { ADD_ONS, type AddOn, type Feature, FEATURES };

/** True for a word that names an add-on of this release. */
export const isAddOn = (word: string): word is AddOn => Object.hasOwn(ADD_ONS, word);

/** What an add-on is called; a word that no add-on of this release is called stays as it is. */
export const addOnTitle = (word: string): string => (isAddOn(word) ? ADD_ONS[word].title : word);

/** The features that these add-ons open; words that no add-on is called open nothing. */
export const featuresOf = (addOns: readonly string[]): ReadonlySet<Feature> =>
  new Set(addOns.filter(isAddOn).flatMap((addOn): readonly Feature[] => ADD_ONS[addOn].opens));

/** What a SKU has by itself: its own features, and those of add-ons that cost nothing with it. */
function featuresOfSku({ features, price }: Sku): ReadonlySet<Feature> {
  const included = price.kind === "subscription" ? (["incident", "compliance"] as const) : [];
  const free = included.filter((name) => price.kind === "subscription" && price.addOns[name] === null);
  return new Set([...features, ...featuresOf(free)]);
}

/** The features of a plan of a catalogue, with these add-ons; a tenant without a plan has what its add-ons open. */
export const featuresOfPlan = (
  plan: SkuId | null,
  addOns: readonly string[],
  catalogue: Catalogue,
): ReadonlySet<Feature> =>
  new Set([...(plan === null ? [] : featuresOfSku(skuNamed(plan, catalogue))), ...featuresOf(addOns)]);

/** Whether a SKU has a feature, by itself or with these add-ons. */
export const hasFeature = (sku: SkuId, addOns: readonly string[], feature: Feature): boolean =>
  featuresOfSku(skuNamed(sku)).has(feature) || featuresOf(addOns).has(feature);

/** A limit of a SKU; null where there is none. */
export const limitOf = (sku: SkuId, limit: Limit): number | null => skuNamed(sku).limits[limit];

/** Everything that is sold or granted and opens a feature: SKUs that have it by themselves, and add-ons. */
export const skusThatOpen = (feature: Feature): { skus: SkuId[]; addOns: AddOn[] } => ({
  skus: CATALOGUE.skus.filter((sku) => featuresOfSku(sku).has(feature)).map(({ id }) => id),
  addOns: Object.keys(ADD_ONS)
    .filter(isAddOn)
    .filter((addOn) => featuresOf([addOn]).has(feature)),
});

/** Something that is sold or granted, and what it costs; no price for what only an operator gives. */
export interface Opener {
  kind: "plan" | "add-on";
  id: SkuId | AddOn;
  title: string;
  price: { cents: number; per: "month" | "year" } | null;
}

function priceOfSku({ price }: Sku): Opener["price"] {
  if (price.kind === "subscription") return { cents: price.base.cents, per: "month" };
  return price.kind === "licence" ? { cents: price.commitCents, per: "year" } : null;
}

/** What an add-on costs beside a plan; null where the plan is none to which it is sold. */
function priceOfAddOn(addOn: AddOn, plan: SkuId | null): Opener["price"] {
  const price = plan === null ? null : skuNamed(plan).price;
  if (price?.kind !== "subscription" || addOn === "custom-adapters") return null;
  const sold = price.addOns[addOn];
  return sold === null ? null : { cents: sold.cents, per: "month" };
}

/** What would open a feature to a tenant of this plan: add-ons first where they have a price, then plans, the smallest that is bought by the month first, then what is granted. */
export function openersOf(feature: Feature, plan: SkuId | null): Opener[] {
  const { skus, addOns } = skusThatOpen(feature);
  const plans = skus.map((id): Opener => {
    const sku = skuNamed(id);
    return { kind: "plan", id, title: sku.title, price: priceOfSku(sku) };
  });
  const others = addOns.map((id): Opener => {
    return { kind: "add-on", id, title: `the add-on ${addOnTitle(id)}`, price: priceOfAddOn(id, plan) };
  });
  // What is bought by the month before what is agreed by the year, or is a company's own.
  const isMonthly = ({ price }: Opener) => price?.per === "month";
  const inOrder = [...plans.filter(isMonthly), ...plans.filter((each) => !isMonthly(each))];
  return [...others.filter(({ price }) => price !== null), ...inOrder, ...others.filter(({ price }) => price === null)];
}

const dollars = (cents: number) => `$${(cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;

/** Something that opens a feature in words, with its price where it has one. */
export const openerWords = ({ title, price }: Opener): string =>
  price === null ? title : `${title} (${dollars(price.cents)} a ${price.per})`;

/** Why something is refused to a tenant without the feature, and what to do about it. */
export const refusalOf = (feature: Feature, plan: SkuId | null = null): string =>
  `${FEATURES[feature].title}: not part of this tenant's plan. What has it: ` +
  `${openersOf(feature, plan).map(openerWords).join(", ")}. Ask whoever operates this deployment.`;
