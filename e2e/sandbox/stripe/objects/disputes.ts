import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { chargeNamed } from "./charges";

type Dispute = Kinds["dispute"];

const EVIDENCE: Dispute["evidence"] = {
  ...{ access_activity_log: null, billing_address: null, cancellation_policy: null, customer_name: null },
  ...{ cancellation_policy_disclosure: null, cancellation_rebuttal: null, customer_communication: null },
  ...{ customer_email_address: null, customer_purchase_ip: null, customer_signature: null, receipt: null },
  ...{ duplicate_charge_documentation: null, duplicate_charge_explanation: null, duplicate_charge_id: null },
  ...{ enhanced_evidence: {}, product_description: null, refund_policy: null, refund_policy_disclosure: null },
  ...{ refund_refusal_explanation: null, service_date: null, service_documentation: null, shipping_address: null },
  ...{ shipping_carrier: null, shipping_date: null, shipping_documentation: null, shipping_tracking_number: null },
  ...{ uncategorized_file: null, uncategorized_text: null },
};
// Assumed.
const DAYS_TO_ANSWER = 7;

/** Does what a cardholder's bank does when the holder denies a charge. */
export function openDispute(account: Account, charge: string, reason = "fraudulent"): Dispute {
  return account.atomically(() => {
    const disputed = chargeNamed(account, charge, "charge");
    if (disputed.disputed) throw invalid("This charge is disputed already.", "charge");
    const now = account.clock.now();
    const dispute: Dispute = {
      ...{ id: newId("du"), object: "dispute", amount: disputed.amount, balance_transactions: [], charge },
      ...{ created: now, currency: disputed.currency, enhanced_eligibility_types: [], evidence: EVIDENCE },
      evidence_details: {
        ...{ due_by: now + DAYS_TO_ANSWER * 86_400, enhanced_eligibility: {}, has_evidence: false, past_due: false },
        ...{ submission_count: 0, submission_method: "not_submitted" },
      },
      ...{ intended_submission_method: null, is_charge_refundable: false, livemode: false, metadata: {} },
      ...{ payment_intent: disputed.payment_intent, reason, status: "needs_response" },
    };
    account.store.put("dispute", dispute);
    account.change("charge", disputed, { disputed: true }, "charge.updated");
    account.emit("charge.dispute.created", dispute);
    account.emit("charge.dispute.funds_withdrawn", dispute);
    return dispute;
  });
}

/** Does what the bank does when it has decided. */
export function closeDispute(account: Account, id: string, status: "won" | "lost"): Dispute {
  return account.atomically(() => {
    const before = disputeNamed(account, id);
    if (before.status !== "needs_response") throw invalid(`This dispute is ${String(before.status)} already.`);
    const after: Dispute = { ...before, status };
    account.store.put("dispute", after);
    if (status === "won") {
      const charge = chargeNamed(account, idIn(before.charge));
      account.change("charge", charge, { disputed: false }, "charge.updated");
      account.emit("charge.dispute.funds_reinstated", after);
    }
    account.emit("charge.dispute.closed", after, { status: before.status });
    return after;
  });
}

function disputeNamed({ store }: Account, id: string): Dispute {
  const dispute = store.get("dispute", id);
  if (dispute === undefined) throw missing("dispute", id);
  return dispute;
}

function list({ account, params, url }: Call<Stripe.DisputeListParams>): object {
  refuseUnbuilt(params, ["charge", "created", "limit", "starting_after", "ending_before"]);
  const rows = account.store.all("dispute").filter((dispute) => {
    return (params.charge ?? dispute.charge) === dispute.charge && isWithin(dispute.created, params.created);
  });
  return pageOf(rows, params, url, "dispute");
}

export const DISPUTES = [
  route("GET /v1/disputes", list),
  route("GET /v1/disputes/{id}", (call) => disputeNamed(call.account, idOf(call))),
];
