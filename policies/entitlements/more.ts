import { CATALOGUE, skuNamed } from "./catalogue";
import { openerWords } from "./features";
import type { Limits, Projection } from "./projection";
import type { Sku } from "./schema";

/** How people read a limit, with its number. */
const UNITS: Readonly<Record<keyof Limits, string>> = {
  ...{ seats: "seats", runsPerMonth: "runs a month", concurrentRuns: "runs at a time" },
  ...{ wuIncluded: "weighted tasks a month included", wuCap: "weighted tasks a month at most" },
  retentionMonths: "months of evidence",
};

const has = ({ limits }: Sku, limit: keyof Limits) => limits[limit === "seats" ? "seatsIncluded" : limit];

/** Plans by the month that have more of a limit, the smallest first, each with how much and its price. */
export function plansWithMore(limit: keyof Limits, than: number): string[] {
  return CATALOGUE.skus.flatMap((sku) => {
    const { id, title, price } = sku;
    const most = has(sku, limit);
    if (price.kind !== "subscription" || (most !== null && most <= than)) return [];
    const words = openerWords({ kind: "plan", id, title, price: { cents: price.base.cents, per: "month" } });
    return [`${words}: ${most === null ? "no limit of" : most.toLocaleString("en-US")} ${UNITS[limit]}`];
  });
}

/** Whose limit it is: a plan by its name, the trial of one, or a grant without a plan. */
export function planWords(projection: Projection | null): string {
  if (projection?.plan == null) return "This tenant";
  const { title } = skuNamed(projection.plan);
  return projection.status === "trialing" ? `The trial of ${title}` : title;
}
