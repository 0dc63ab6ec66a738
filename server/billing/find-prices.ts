import type { ChosenLine } from "@/policies/entitlements/choice-lines";
import { preconditionFailed } from "@/server/kernel/errors";
import type { StripeClient } from "@/server/platform/stripe";

export interface PricedLine extends ChosenLine {
  price: string;
}

/** The prices at the seller behind lines. Throws PreconditionFailed where one is not there yet: `conductor stripe apply` makes it. */
export async function findPrices(stripe: StripeClient, lines: readonly ChosenLine[]): Promise<PricedLine[]> {
  const { data } = await stripe.prices.list({
    ...{ lookup_keys: lines.map(({ lookupKey }) => lookupKey), active: true, limit: 100 },
  });
  return lines.map((line) => {
    const price = data.find(({ lookup_key: key }) => key === line.lookupKey);
    if (price !== undefined) return { ...line, price: price.id };
    throw preconditionFailed(
      `${line.lookupKey} is not for sale at Stripe yet. Whoever operates this deployment runs conductor stripe apply.`,
    );
  });
}

/** Lines as the seller takes them: what is metered has no quantity. */
export const sellable = (lines: readonly PricedLine[]) =>
  lines.map(({ price, quantity }) => (quantity === undefined ? { price } : { price, quantity }));
