import { LinesTable } from "@/app/_shared/pricing/lines-table";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { type Feature, FEATURES, hasFeature, skusThatOpen } from "@/policies/entitlements/features";
import type { Limit, Sku } from "@/policies/entitlements/schema";

const { skus } = CATALOGUE;
const HEADS = skus.map(({ title }) => title.replace("Hosted SaaS ", "").replace(" Edition", ""));

const LIMITS: readonly (readonly [string, Limit])[] = [
  ["Seats included", "seatsIncluded"],
  ["Runs a month", "runsPerMonth"],
  ["Runs at a time", "concurrentRuns"],
  ["Weighted tasks included", "wuIncluded"],
  ["Weighted tasks at most", "wuCap"],
  ["Months that evidence is kept", "retentionMonths"],
];

function cellOf(sku: Sku, feature: Feature): string {
  if (hasFeature(sku.id, [], feature)) return "yes";
  const isAddOn = sku.price.kind === "subscription" && skusThatOpen(feature).addOns.length > 0;
  return isAddOn ? "add-on" : "no";
}

/** What each SKU has, and its limits, in one table. */
export function FeaturesTable() {
  const features = Object.entries(FEATURES) as [Feature, (typeof FEATURES)[Feature]][];
  const lines = [
    ...features.map(([feature, { title }]) => ({ name: title, cells: skus.map((sku) => cellOf(sku, feature)) })),
    ...LIMITS.map(([name, limit]) => ({
      ...{ name, cells: skus.map(({ limits }) => limits[limit]?.toLocaleString("en-GB") ?? "no limit") },
    })),
  ];
  return <LinesTable label="Features and limits" heads={HEADS} lines={lines} isNumeric={false} />;
}
