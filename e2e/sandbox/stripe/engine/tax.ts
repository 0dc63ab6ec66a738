import { exactCents, roundedCents } from "./decimals";

/** The sandbox's own table, in percent: standard rates as fixed numbers, which nobody keeps up to date. */
const PERCENTS: Readonly<Partial<Record<string, string>>> = {
  ...{ AT: "20", BE: "21", CH: "8.1", DE: "19", DK: "25", ES: "21", FR: "20", GB: "20", IE: "23", IT: "22" },
  ...{ NL: "21", NO: "25", PL: "23", PT: "23", SE: "25" },
};

/** What is known of who pays. */
export interface TaxFacts {
  /** Two letters, or null for an unknown place. */
  country: string | null;
  exemption: "none" | "exempt" | "reverse";
  /** A business elsewhere reckons the tax by itself. */
  hasVatId: boolean;
}

export interface LineTax {
  cents: number;
  behavior: "exclusive" | "inclusive";
  reason: "customer_exempt" | "not_collecting" | "reverse_charge" | "standard_rated";
  rate: string;
  taxableCents: number;
}

/** The tax on a line, in cents, rounded by line; null where the place is not known. Assumed: a price that says nothing is without tax. */
export function taxOn(cents: number, isInclusive: boolean, facts: TaxFacts): LineTax | null {
  const { country } = facts;
  if (country === null) return null;
  const percent = PERCENTS[country];
  const behavior = isInclusive ? "inclusive" : "exclusive";
  const none = { cents: 0, behavior, rate: `txr_sandbox_${country.toLowerCase()}`, taxableCents: 0 } as const;
  if (facts.exemption === "exempt") return { ...none, reason: "customer_exempt" };
  if (percent === undefined) return { ...none, reason: "not_collecting" };
  if (facts.exemption === "reverse" || facts.hasVatId) return { ...none, reason: "reverse_charge" };
  const rate = exactCents(percent);
  const whole = exactCents("100") + (isInclusive ? rate : 0n);
  const tax = roundedCents((BigInt(cents) * rate * exactCents("1")) / whole);
  return { ...none, cents: tax, reason: "standard_rated", taxableCents: isInclusive ? cents - tax : cents };
}
