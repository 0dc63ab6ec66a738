import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { cardOfNumber } from "../engine/test-cards";
import { ApiError, invalid } from "../http/errors";
import { sessionNamed } from "./checkout-sessions";
import { attachTo, keepCard } from "./payment-methods";
import { startSubscription } from "./subscription-start";

/**
 * Does what its customer does on the page of a session: pays with a test card, or with none where none is needed. A card that is
 * declined, or that must be confirmed in person, leaves the session open and everything as it was.
 */
export function completeSession(account: Account, id: string, cardNumber: string | null): Kinds["checkout.session"] {
  return account.atomically(() => {
    const session = sessionNamed(account, id);
    if (session.status !== "open") throw invalid(`This Checkout session is ${String(session.status)}.`);
    const customer = idIn(session.customer);
    const method = cardNumber === null ? undefined : methodOf(account, cardNumber, customer);
    const isNeeded = session.payment_method_collection === "always" || (session.amount_total ?? 0) > 0;
    if (method === undefined && isNeeded) throw invalid("A payment method is needed.", "payment_method");
    const terms = account.store.get("session_terms", id);
    if (terms === undefined) throw new Error(`no terms of ${id}`);
    const items = terms.lines.map(({ price, quantity }) => ({ price: price?.id ?? "", quantity: quantity ?? 1 }));
    const subscription = startSubscription(account, {
      ...{
        ...terms.subscription,
        customer,
        items,
        discounts: terms.discounts,
        payment_behavior: "error_if_incomplete",
      },
      ...(method === undefined ? {} : { default_payment_method: method }),
    });
    const changes = {
      ...{
        status: "complete" as const,
        url: null,
        subscription: subscription.id,
        invoice: subscription.latest_invoice,
      },
      payment_status: session.amount_total === 0 ? ("no_payment_required" as const) : ("paid" as const),
    };
    return account.change("checkout.session", session, changes, "checkout.session.completed");
  });
}

function methodOf(account: Account, cardNumber: string, customer: string): string {
  const card = cardOfNumber(cardNumber);
  if (card === null)
    throw new ApiError(402, "Only test cards are taken here.", { type: "card_error", code: "incorrect_number" });
  return attachTo(account, keepCard(account, card), customer).id;
}
