import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import type { DiscountFacts } from "../engine/discounts";
import { periodBoundary } from "../engine/periods";
import { invalid } from "../http/errors";
import { couponNamed } from "./coupons";
import { isRedeemable, promotionCodeNamed } from "./promotion-codes";

interface Asked {
  coupon?: string;
  promotion_code?: string;
  discount?: string;
}

export interface For {
  customer: string;
  currency: string;
}

/** Which coupon a request means, checked to be redeemable by the customer now. */
export function redeemable(account: Account, asked: Asked, { customer, currency }: For, param: string) {
  const found = couponAsked(account, asked, customer, param);
  // Documented: an amount in another currency is not taken off. Assumed: such a coupon is refused.
  if (found.coupon.currency !== null && found.coupon.currency !== currency) {
    throw invalid(`This coupon takes off ${found.coupon.currency}, and the price is in ${currency}.`, param);
  }
  return found;
}

function couponAsked(account: Account, asked: Asked, customer: string, param: string) {
  if (asked.discount !== undefined)
    throw invalid("The local billing sandbox takes coupons and promotion codes only.", param);
  if ((asked.coupon === undefined) === (asked.promotion_code === undefined)) {
    throw invalid("A discount needs one of coupon and promotion_code.", param);
  }
  if (asked.promotion_code === undefined) {
    const coupon = couponNamed(account, asked.coupon ?? "", `${param}[coupon]`);
    if (!coupon.valid) throw invalid("This coupon is no longer valid.", `${param}[coupon]`, "coupon_expired");
    return { coupon, code: null };
  }
  const code = promotionCodeNamed(account, asked.promotion_code, `${param}[promotion_code]`);
  if (!isRedeemable(account, code, customer)) {
    throw invalid("This promotion code cannot be redeemed.", `${param}[promotion_code]`);
  }
  return { coupon: couponNamed(account, idIn(code.promotion.coupon)), code };
}

/** Redeems coupons for a subscription; the ids of its discounts. */
export function redeemFor(account: Account, asked: readonly Asked[], subscription: Kinds["subscription"]): string[] {
  const { id, currency } = subscription;
  const customer = idIn(subscription.customer);
  return asked.map((each, index) => {
    const { coupon, code } = redeemable(account, each, { customer, currency }, `discounts[${index}]`);
    const now = account.clock.now();
    const months = coupon.duration === "repeating" ? (coupon.duration_in_months ?? 0) : null;
    const discount: Kinds["discount"] = {
      ...{ id: newId("di"), object: "discount", checkout_session: null, customer, customer_account: null },
      ...{ end: months === null ? null : periodBoundary(now, { interval: "month", count: months }, 1), start: now },
      ...{ invoice: null, invoice_item: null, promotion_code: code?.id ?? null },
      ...{ source: { type: "coupon", coupon: coupon.id }, subscription: id, subscription_item: null },
    };
    account.store.put("discount", discount);
    account.store.put("discount_terms", {
      ...{ id: discount.id, object: "discount_terms", isOnce: coupon.duration === "once", isSpent: false },
      facts: factsOf(account, coupon),
    });
    const stored = account.store.get("coupon", coupon.id);
    if (stored !== undefined) account.store.put("coupon", { ...stored, times_redeemed: stored.times_redeemed + 1 });
    if (code !== null) account.store.put("promotion_code", { ...code, times_redeemed: code.times_redeemed + 1 });
    account.emit("customer.discount.created", discount);
    return discount.id;
  });
}

function factsOf({ store }: Account, coupon: Kinds["coupon"]): DiscountFacts {
  const products = store.get("coupon_scope", coupon.id)?.products ?? null;
  return { percentOff: coupon.percent_off, amountOffCents: coupon.amount_off, products };
}

/** What a discount takes off, as its coupon said when it was redeemed. Documented: a coupon that is deleted goes on for who has it. */
export function termsOf({ store }: Account, id: string): DiscountFacts {
  const terms = store.get("discount_terms", id);
  if (terms === undefined) throw new Error(`no terms of ${id}`);
  return terms.facts;
}

/** The discounts that an invoice at a moment still has. */
export function discountsAt({ store }: Account, ids: readonly unknown[], moment: number): string[] {
  return ids.filter((id): id is string => {
    if (typeof id !== "string") return false;
    const end = store.get("discount", id)?.end ?? null;
    return (end === null || moment < end) && store.get("discount_terms", id)?.isSpent === false;
  });
}

/** Assumed: `once` holds for the next invoice, whatever that is for. */
export function spend({ store }: Account, ids: readonly string[]): void {
  for (const id of ids) {
    const terms = store.get("discount_terms", id);
    if (terms?.isOnce === true) store.put("discount_terms", { ...terms, isSpent: true });
  }
}
