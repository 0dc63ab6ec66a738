import type { Model } from "./quote";
import { quoteDrifted } from "./quote";
import { type Scenario, SCENARIO_NAMES, scenarioUsage } from "./usage";

/** Of a hundred tenants, how many are like each scenario: an assumption. */
const MIX_PERCENT: Readonly<Record<Scenario, bigint>> = { small: 70n, mid: 25n, large: 5n };

export interface BreakEven {
  /** Dollars a month that the platform costs whether or not anybody buys. */
  platformFixed: number;
  mix: Record<Scenario, number>;
  /** Dollars a month. */
  avgGPPerTenant: number;
  /** The fewest tenants whose profit pays for the platform; null where a mean tenant brings none. */
  tenants: number | null;
}

/** How many tenants pay for the platform, in the mix that is assumed. */
export function breakEven(model: Model): BreakEven {
  // Hundredths of cents: exact, as the mix is in whole percent.
  const average = SCENARIO_NAMES.reduce(
    (sum, name) => sum + MIX_PERCENT[name] * BigInt(quoteDrifted(model, scenarioUsage(name)).gp),
    0n,
  );
  const fixed = model.costs.platformMonth.value * 100n;
  return {
    platformFixed: Number(model.costs.platformMonth.value) / 100,
    mix: Object.fromEntries(SCENARIO_NAMES.map((name) => [name, Number(MIX_PERCENT[name]) / 100])) as BreakEven["mix"],
    avgGPPerTenant: Math.round(Number(average) / 100) / 100,
    tenants: average <= 0n ? null : Number((fixed + average - 1n) / average),
  };
}
