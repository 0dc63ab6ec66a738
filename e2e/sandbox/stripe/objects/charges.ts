import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { missing } from "../http/errors";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";

type Charge = Kinds["charge"];

/** The charge behind an id; `param` says where the id was named. */
export function chargeNamed({ store }: Account, id: string, param = "id"): Charge {
  const charge = store.get("charge", id);
  if (charge === undefined) throw missing("charge", id, param);
  return charge;
}

/** The charge that paid an invoice, if one did. */
export function chargeOf({ store }: Account, invoice: string): Charge | undefined {
  return store.get("charge", store.get("charge_of", invoice)?.charge ?? "");
}

interface Paying {
  method: Kinds["payment_method"];
  intent: string;
}

/** Keeps the charge that pays an invoice. */
export function keepCharge(account: Account, invoice: Kinds["invoice"], { method, intent }: Paying): Charge {
  const { amount_remaining: amount, currency, customer } = invoice;
  const charge: Charge = {
    ...{ id: newId("ch"), object: "charge", amount, amount_captured: amount, amount_refunded: 0, application: null },
    ...{ application_fee: null, application_fee_amount: null, balance_transaction: null, captured: true, currency },
    ...{ billing_details: method.billing_details, calculated_statement_descriptor: null, customer, disputed: false },
    ...{ created: account.clock.now(), description: null, failure_balance_transaction: null, failure_code: null },
    ...{ failure_message: null, fraud_details: {}, livemode: false, metadata: {}, on_behalf_of: null, outcome: null },
    ...{ paid: true, payment_intent: intent, payment_method: method.id, payment_method_details: null, review: null },
    ...{ receipt_email: null, receipt_number: null, receipt_url: null, refunded: false, shipping: null, source: null },
    ...{ source_transfer: null, statement_descriptor: null, statement_descriptor_suffix: null, status: "succeeded" },
    ...{ transfer_data: null, transfer_group: null },
  };
  account.store.put("charge", charge);
  account.store.put("charge_of", { id: invoice.id, object: "charge_of", charge: charge.id });
  account.emit("charge.succeeded", charge);
  return charge;
}

function list({ account, params, url }: Call<Stripe.ChargeListParams>): object {
  refuseUnbuilt(params, ["created", "customer", "limit", "starting_after", "ending_before"]);
  const rows = account.store.all("charge").filter((charge) => {
    return (params.customer ?? charge.customer) === charge.customer && isWithin(charge.created, params.created);
  });
  return pageOf(rows, params, url, "charge");
}

export const CHARGES = [
  route("GET /v1/charges", list),
  route("GET /v1/charges/{id}", (call) => chargeNamed(call.account, idOf(call))),
];
