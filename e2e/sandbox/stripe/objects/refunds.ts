import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { chargeNamed } from "./charges";

type Refund = Kinds["refund"];

interface Giving {
  charge: Kinds["charge"];
  cents: number;
  reason?: Refund["reason"];
  metadata?: Record<string, string>;
}

/** Gives back some of a charge. Documented: as often as something is left of it, and never more. */
export function giveBack(account: Account, { charge, cents, reason = null, metadata = {} }: Giving): Refund {
  const left = charge.amount - charge.amount_refunded;
  if (charge.disputed) throw invalid("This charge is disputed and cannot be refunded.", "charge", "charge_disputed");
  if (left === 0) {
    throw invalid("This charge has already been refunded.", "charge", "charge_already_refunded");
  }
  if (!Number.isInteger(cents) || cents < 1 || cents > left) {
    throw invalid(`A refund is between 1 and ${left}, which is left of this charge.`, "amount");
  }
  const refund: Refund = {
    ...{ id: newId("re"), object: "refund", amount: cents, balance_transaction: null, charge: charge.id },
    ...{ created: account.clock.now(), currency: charge.currency, customer: charge.customer, customer_account: null },
    ...{ metadata, payment_intent: charge.payment_intent, payment_method: charge.payment_method, reason },
    ...{ receipt_number: null, source_transfer_reversal: null, status: "succeeded", transfer_reversal: null },
  };
  account.store.put("refund", refund);
  account.emit("refund.created", refund);
  const amount_refunded = charge.amount_refunded + cents;
  const changes = { amount_refunded, refunded: amount_refunded === charge.amount };
  account.change("charge", charge, changes, "charge.refunded");
  return refund;
}

function create({ account, params }: Call<Stripe.RefundCreateParams>): Refund {
  refuseUnbuilt(params, ["amount", "charge", "metadata", "payment_intent", "reason"]);
  const charge = askedCharge(account, params);
  const { amount: cents = charge.amount - charge.amount_refunded, reason = null } = params;
  return giveBack(account, { charge, cents, reason, metadata: mergedMetadata(params.metadata) });
}

function askedCharge(account: Account, params: Stripe.RefundCreateParams): Kinds["charge"] {
  const { charge, payment_intent: intent } = params;
  if ((charge === undefined) === (intent === undefined)) {
    throw invalid("You must specify one of charge and payment_intent.", "charge", "parameter_missing");
  }
  if (charge !== undefined) return chargeNamed(account, charge, "charge");
  const found = account.store.all("charge").find((each) => each.payment_intent === intent);
  if (found === undefined) throw missing("payment_intent", intent ?? "", "payment_intent");
  return found;
}

function retrieve(call: Call<unknown>): Refund {
  const refund = call.account.store.get("refund", idOf(call));
  if (refund === undefined) throw missing("refund", idOf(call));
  return refund;
}

function list({ account, params, url }: Call<Stripe.RefundListParams>): object {
  refuseUnbuilt(params, ["charge", "created", "payment_intent", "limit", "starting_after", "ending_before"]);
  const { charge, created, payment_intent: intent } = params;
  const rows = account.store.all("refund").filter((refund) => {
    const isOf =
      (charge ?? refund.charge) === refund.charge && (intent ?? refund.payment_intent) === refund.payment_intent;
    return isOf && isWithin(refund.created, created);
  });
  return pageOf(rows, params, url, "refund");
}

export const REFUNDS = [
  route("POST /v1/refunds", create),
  route("GET /v1/refunds", list),
  route("GET /v1/refunds/{id}", retrieve),
];
