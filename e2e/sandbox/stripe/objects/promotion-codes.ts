import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { couponNamed } from "./coupons";
import { customerNamed } from "./living-customer";

type PromotionCode = Kinds["promotion_code"];

/** The promotion code behind an id; `param` says where the id was named. */
export function promotionCodeNamed(account: Account, id: string, param = "id"): PromotionCode {
  const code = account.store.get("promotion_code", id);
  if (code === undefined) throw missing("promotion code", id, param);
  return code;
}

/** Whether a customer may use a code now. */
export function isRedeemable(account: Account, code: PromotionCode, customer: string): boolean {
  const coupon = code.promotion.coupon;
  const isInTime = code.expires_at === null || account.clock.now() < code.expires_at;
  const isLeft = code.max_redemptions === null || code.times_redeemed < code.max_redemptions;
  const isTheirs = code.customer === null || code.customer === customer;
  const isValid = typeof coupon === "string" && account.store.get("coupon", coupon) !== undefined;
  return code.active && isInTime && isLeft && isTheirs && isValid && couponNamed(account, coupon).valid;
}

const BUILT = ["promotion", "active", "code", "customer", "expires_at", "max_redemptions", "metadata"];

function create({ account, params }: Call<Stripe.PromotionCodeCreateParams>): PromotionCode {
  refuseUnbuilt(params, BUILT);
  const coupon = couponNamed(account, params.promotion.coupon ?? "", "promotion[coupon]");
  if (params.customer !== undefined) customerNamed(account, params.customer, "customer");
  const code = params.code ?? newId("", 8).slice(1).toUpperCase();
  refuseTaken(account, code, params.customer ?? null);
  const promotionCode: PromotionCode = {
    ...{ id: newId("promo"), object: "promotion_code", active: params.active ?? true, code },
    ...{ created: account.clock.now(), customer: params.customer ?? null, customer_account: null, livemode: false },
    ...{ expires_at: params.expires_at ?? null, max_redemptions: params.max_redemptions ?? null },
    ...{
      metadata: mergedMetadata(params.metadata),
      promotion: { type: "coupon", coupon: coupon.id },
      times_redeemed: 0,
    },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
  };
  account.store.put("promotion_code", promotionCode);
  account.emit("promotion_code.created", promotionCode);
  return promotionCode;
}

/**
 * Documented: active codes differ for each customer, whatever their case. Assumed: a code for everybody is taken for each of them,
 * and the other way round.
 */
function refuseTaken(account: Account, code: string, customer: PromotionCode["customer"]): void {
  if (!/^[A-Za-z0-9-]+$/.test(code)) throw invalid("Promotion codes hold letters, digits and dashes.", "code");
  const isSame = (other: PromotionCode) => {
    const isForSame = other.customer === customer || other.customer === null || customer === null;
    return other.active && isForSame && other.code.toLowerCase() === code.toLowerCase();
  };
  if (account.store.all("promotion_code").some(isSame)) {
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, "code");
  }
}

function update(call: Call<Stripe.PromotionCodeUpdateParams>): PromotionCode {
  const { account, params } = call;
  refuseUnbuilt(params, ["active", "metadata"]);
  const before = promotionCodeNamed(account, idOf(call));
  const active = params.active ?? before.active;
  if (active && !before.active) refuseTaken(account, before.code, before.customer);
  const changes = { active, metadata: mergedMetadata(params.metadata, before.metadata) };
  return account.change("promotion_code", before, changes, "promotion_code.updated");
}

function list({ account, params, url }: Call<Stripe.PromotionCodeListParams>): object {
  const { active, code, coupon, created, customer } = params;
  const rows = account.store.all("promotion_code").filter((each) => {
    const isCalled = code === undefined || each.code.toLowerCase() === code.toLowerCase();
    const isOf =
      (coupon ?? each.promotion.coupon) === each.promotion.coupon && (customer ?? each.customer) === each.customer;
    return isCalled && isOf && (active ?? each.active) === each.active && isWithin(each.created, created);
  });
  return pageOf(rows, params, url, "promotion code");
}

export const PROMOTION_CODES = [
  route("POST /v1/promotion_codes", create),
  route("GET /v1/promotion_codes", list),
  route("GET /v1/promotion_codes/{id}", (call) => promotionCodeNamed(call.account, idOf(call))),
  route("POST /v1/promotion_codes/{id}", update),
];
