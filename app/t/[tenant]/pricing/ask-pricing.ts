import { readUsageParams } from "@/app/_shared/pricing/usage-params";
import type { shapeOf } from "@/server/pricing/domain/from-ledger";
import { SCENARIO_NAMES, scenarioUsage } from "@/server/pricing/domain/usage";
import { readPricingParams } from "./search-params";

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** The months that stand beside the one asked about, in their order. */
export const COMPARED = {
  ...{ small: "Small tenant", mid: "Middle tenant", large: "Large tenant", used: "Last 30 days" },
} as const;

/**
 * What an address asks about: the month of its fields, the three examples, and the tenant's own last 30 days where there was
 * use, whose shape is given.
 */
export function askPricing(search: Search, shape: ReturnType<typeof shapeOf>) {
  const asked = readUsageParams(search, shape ?? {});
  const { compare, partners } = readPricingParams(search);
  const used = shape === null ? [] : [readUsageParams({ preset: "used" }, shape).usage];
  const beside = [...SCENARIO_NAMES.map(scenarioUsage), ...used];
  return {
    ...{ asked, compare, partners, hasUsed: shape !== null },
    /** The address's fields, each once: the same address again, as a script would ask for it. */
    written: Object.entries(search).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    names: ["This month", ...Object.values(COMPARED).slice(0, beside.length)],
    question: { months: [asked.usage, ...beside], partnerTenants: partners },
  };
}
