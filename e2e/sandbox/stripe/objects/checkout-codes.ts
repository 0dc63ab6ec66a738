import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { invalid } from "../http/errors";
import { attemptOf, openSession } from "./checkout-completion";
import { sessionLines, sessionTotals } from "./checkout-sessions";
import { isRedeemable } from "./promotion-codes";

type Session = Kinds["checkout.session"];

/** Takes a promotion code that a customer has typed, or takes it back; the session's amounts follow. */
export function setCode(account: Account, id: string, typed: string | null): Session {
  return account.atomically(() => {
    const session = openSession(account, id);
    if (session.allow_promotion_codes !== true) throw invalid("This session takes no promotion codes.", "code");
    // Assumed: what has been begun is paid for as it was begun.
    if (attemptOf(account, id) !== null) throw invalid("The price is fixed once a payment was begun.", "code");
    const { store } = account;
    const terms = store.get("session_terms", id);
    if (terms === undefined) throw new Error(`no terms of ${id}`);
    const discounts = typed === null ? [] : [{ promotion_code: codeTyped(account, session, typed) }];
    // What is metered has no quantity, and takes none.
    const asked = terms.lines.map(({ price, quantity }) => ({
      ...{ price: price?.id ?? "" },
      ...(quantity === null ? {} : { quantity }),
    }));
    const fresh = sessionLines(account, { line_items: asked, discounts }, idIn(session.customer));
    const lines = fresh.map((line, index) => ({ ...line, id: terms.lines[index]?.id ?? line.id }));
    store.put("session_terms", { ...terms, lines, discounts });
    const isTrial = (terms.subscription.trial_period_days ?? 0) > 0;
    const shown = discounts.map((each) => ({ coupon: null, ...each }));
    const after = { ...session, ...sessionTotals(lines, isTrial), discounts: shown };
    store.put("checkout.session", after);
    return after;
  });
}

function codeTyped(account: Account, session: Session, typed: string): string {
  const customer = idIn(session.customer);
  const code = account.store
    .all("promotion_code")
    .find((each) => each.code.toLowerCase() === typed.toLowerCase() && isRedeemable(account, each, customer));
  if (code === undefined) throw invalid("This code is not valid.", "code");
  return code.id;
}
