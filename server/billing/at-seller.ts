import { conflict, preconditionFailed, type Refusal, unavailable } from "@/server/kernel/errors";
import { type SellerFault, sellerFault } from "@/server/platform/stripe";

/** A customer's currency is fixed by what it bought first: another one cannot be mixed with it. */
export const otherCurrency = () =>
  preconditionFailed(
    "This tenant pays in another currency already, and one customer cannot mix two. Ask whoever operates this deployment.",
    { reason: "currency" },
  );

/** Without an address there is no tax to reckon, and nothing is sold. */
export const noLocation = () =>
  preconditionFailed("Tax cannot be reckoned without an address. Add one under Cards and address, then try again.", {
    reason: "tax-location",
  });

const REFUSALS: Readonly<Record<SellerFault, (error: Error) => Refusal>> = {
  busy: (error) => unavailable("Stripe is busy at the moment. Nothing was changed: try again in a minute.", error),
  silent: (error) =>
    unavailable("Stripe does not answer. Nothing is lost or paid twice: try again in a moment.", error),
  stranger: (error) =>
    unavailable("Stripe does not accept this deployment's key. Whoever operates it has been told in the log.", error),
  card: ({ message }) =>
    preconditionFailed(`The bank said no: ${message} Use another card, or ask the bank.`, { reason: "card-declined" }),
  currency: () => otherCurrency(),
  location: () => noLocation(),
  moved: () =>
    conflict("Something about this plan is being changed at the same moment. Look again, then repeat it.", {
      reason: "in-flight",
    }),
};

/**
 * Asks the seller on behalf of somebody who waits for the answer. What it refuses comes back as a refusal in words: Unavailable
 * where it does not answer, PreconditionFailed for a card, a currency or a missing address. What is our own fault stays one.
 */
export async function atSeller<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = sellerFault(error);
    throw fault === null || !(error instanceof Error) ? error : REFUSALS[fault](error);
  }
}
