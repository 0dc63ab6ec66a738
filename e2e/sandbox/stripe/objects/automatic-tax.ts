import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import type { TaxFacts } from "../engine/tax";
import { ApiError } from "../http/errors";
import { taxIdsShown } from "./tax-ids";

type Customer = Kinds["customer"];
type Invoice = Kinds["invoice"];

/** What is known of a customer for tax. */
export function taxFactsOf(account: Account, customer: Customer): TaxFacts {
  const country = customer.address?.country ?? customer.shipping?.address?.country ?? null;
  const exemption = (["exempt", "reverse"] as const).find((each) => each === customer.tax_exempt) ?? "none";
  const hasVatId = taxIdsShown(account, customer.id).some(({ type }) => type === "eu_vat");
  return { country, exemption, hasVatId };
}

/** What an invoice says of automatic tax: with the facts when it is on. */
export function taxState(facts: TaxFacts | null): Invoice["automatic_tax"] {
  const status = facts === null ? null : facts.country === null ? "requires_location_inputs" : "complete";
  const liability = facts === null ? null : { type: "self" as const };
  return {
    disabled_reason: null,
    enabled: facts !== null,
    liability,
    provider: facts === null ? null : "stripe",
    status,
  };
}

/** What a request is refused with that needs a place for tax. */
export function locationMissing(): ApiError {
  const message =
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.";
  return new ApiError(400, message, { code: "customer_tax_location_invalid" });
}

type Totals = NonNullable<Invoice["total_taxes"]>;

/** The taxes of lines, added up by how and why they are reckoned. */
export function totalTaxes(lines: Invoice["lines"]["data"]): Totals {
  const sums = new Map<string, Totals[number]>();
  for (const tax of lines.flatMap(({ taxes }) => taxes ?? [])) {
    const key = `${tax.tax_behavior} ${tax.taxability_reason}`;
    const { amount = 0, taxable_amount = 0 } = sums.get(key) ?? {};
    const sum = { amount: amount + tax.amount, taxable_amount: (taxable_amount ?? 0) + (tax.taxable_amount ?? 0) };
    sums.set(key, { ...tax, ...sum });
  }
  return [...sums.values()];
}
