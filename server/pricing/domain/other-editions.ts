import { costTerms } from "./cost-terms";
import { halfUp } from "./money";
import { costLines } from "./quote";
import { INTERNAL_COSTS, type UnitCosts } from "./unit-costs";
import type { Usage } from "./usage";

/** What a White-Label licence costs a year, as the catalogue says. Cents. */
export interface LicencePrices {
  commitCents: number;
  perTenantCents: number;
  support: Readonly<Record<string, number>>;
}

export interface LicenceQuote {
  licence: number;
  support: number;
  total: number;
  /** Which of the two the licence is: the commitment, or what its tenants come to. */
  by: "commitment" | "tenants";
}

/** A year of a White-Label licence for so many tenants. Throws RangeError for a level of support that is not sold. */
export function licenceQuote(prices: LicencePrices, asked: { tenants: number; support: string }): LicenceQuote {
  const support = Object.hasOwn(prices.support, asked.support) ? prices.support[asked.support] : undefined;
  if (support === undefined) throw new RangeError(`${asked.support} is no level of support`);
  const byTenants = asked.tenants * prices.perTenantCents;
  const licence = Math.max(prices.commitCents, byTenants);
  return { licence, support, total: licence + support, by: byTenants > prices.commitCents ? "tenants" : "commitment" };
}

/** The same year with each level of support that is sold. */
export const licenceQuotes = (prices: LicencePrices, tenants: number): ({ level: string } & LicenceQuote)[] =>
  Object.keys(prices.support).map((level) => ({ level, ...licenceQuote(prices, { tenants, support: level }) }));

export interface Chargeback {
  cost: number;
  markup: number;
  total: number;
}

/**
 * What a department is charged for a month: what its use cost, and the markup. Nothing is paid, so there is no fee. Cents.
 * `months`: how long evidence is kept.
 */
export function chargebackQuote(
  costs: UnitCosts,
  { months, markupMilli }: { months: number; markupMilli: number },
  usage: Usage,
): Chargeback {
  const lines = costLines(costTerms(costs, INTERNAL_COSTS, months, usage), usage);
  const cost = Object.values(lines).reduce((sum, cents) => sum + cents, 0);
  const markup = Number(halfUp(BigInt(cost) * BigInt(markupMilli), 1_000n));
  return { cost, markup, total: cost + markup };
}
