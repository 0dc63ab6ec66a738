import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { productNamed } from "./products";

type Coupon = Kinds["coupon"];

/** The coupon behind an id, with `valid` as it is now; `param` says where the id was named. */
export function couponNamed(account: Account, id: string, param = "id"): Coupon {
  const coupon = account.store.get("coupon", id);
  if (coupon === undefined) throw missing("coupon", id, param);
  return asOfNow(account, coupon);
}

/** Documented: a coupon is valid until `redeem_by` and while it was redeemed fewer times than `max_redemptions`. */
function asOfNow({ clock }: Account, coupon: Coupon): Coupon {
  const isInTime = coupon.redeem_by === null || clock.now() <= coupon.redeem_by;
  const isLeft = coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions;
  return { ...coupon, valid: isInTime && isLeft };
}

const BUILT = [
  ...["amount_off", "currency", "duration", "duration_in_months", "id", "max_redemptions", "metadata", "name"],
  ...["percent_off", "redeem_by", "applies_to"],
];

function create({ account, params }: Call<Stripe.CouponCreateParams>): Coupon {
  refuseUnbuilt(params, BUILT);
  refuseContradictions(params);
  const id = params.id ?? newId("", 8).slice(1);
  if (account.store.get("coupon", id) !== undefined) {
    throw invalid("Coupon already exists.", "id", "resource_already_exists");
  }
  const coupon: Coupon = {
    ...{ id, object: "coupon", created: account.clock.now(), livemode: false, times_redeemed: 0, valid: true },
    ...{ amount_off: params.amount_off ?? null, percent_off: params.percent_off ?? null },
    ...{ currency: params.currency?.toLowerCase() ?? null, duration: params.duration ?? "once" },
    ...{ duration_in_months: params.duration_in_months ?? null, max_redemptions: params.max_redemptions ?? null },
    ...{ metadata: mergedMetadata(params.metadata), name: params.name ?? null, redeem_by: params.redeem_by ?? null },
  };
  account.store.put("coupon", coupon);
  const products = params.applies_to?.products;
  if (products !== undefined) {
    for (const product of products) productNamed(account, product, "applies_to[products]");
    account.store.put("coupon_scope", { id, object: "coupon_scope", products });
  }
  account.emit("coupon.created", coupon);
  return asOfNow(account, coupon);
}

function refuseContradictions(params: Stripe.CouponCreateParams): void {
  const { amount_off: amount, percent_off: percent, duration = "once", duration_in_months: months } = params;
  if ((amount === undefined) === (percent === undefined)) {
    throw invalid("You must specify one of percent_off and amount_off.", "percent_off");
  }
  if (percent !== undefined && (percent <= 0 || percent > 100)) {
    throw invalid("Invalid percent_off: above 0, at most 100.", "percent_off");
  }
  if (amount !== undefined && (!Number.isInteger(amount) || amount < 1))
    throw invalid("Invalid amount_off.", "amount_off");
  if (amount !== undefined && params.currency === undefined) {
    throw invalid("You must pass currency when passing amount_off.", "currency", "parameter_missing");
  }
  if ((duration === "repeating") !== (months !== undefined)) {
    throw invalid("duration_in_months goes with duration=repeating, and only with it.", "duration_in_months");
  }
  if (months !== undefined && (!Number.isInteger(months) || months < 1)) {
    throw invalid("Invalid duration_in_months.", "duration_in_months");
  }
}

function update(call: Call<Stripe.CouponUpdateParams>): Coupon {
  const { account, params } = call;
  refuseUnbuilt(params, ["metadata", "name"]);
  const before = couponNamed(account, idOf(call));
  const name = params.name ?? before.name;
  const changes = { metadata: mergedMetadata(params.metadata, before.metadata), name };
  return account.change("coupon", before, changes, "coupon.updated");
}

/** Documented: who has the discount already keeps it. */
function remove(call: Call<unknown>): Stripe.DeletedCoupon {
  const { account } = call;
  const coupon = couponNamed(account, idOf(call));
  account.store.remove("coupon", coupon.id);
  account.emit("coupon.deleted", coupon);
  return { id: coupon.id, object: "coupon", deleted: true };
}

function list({ account, params, url }: Call<Stripe.CouponListParams>): object {
  const rows = account.store.all("coupon").filter(({ created }) => isWithin(created, params.created));
  return pageOf(
    rows.map((coupon) => asOfNow(account, coupon)),
    params,
    url,
    "coupon",
  );
}

export const COUPONS = [
  route("POST /v1/coupons", create),
  route("GET /v1/coupons", list),
  route("GET /v1/coupons/{id}", (call) => couponNamed(call.account, idOf(call))),
  route("POST /v1/coupons/{id}", update),
  route("DELETE /v1/coupons/{id}", remove),
];
