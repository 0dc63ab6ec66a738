import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { type ChargeOutcome, cardEndingIn, cardNamed, cardOfNumber, type TestCard } from "../engine/test-cards";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";

type PaymentMethod = Kinds["payment_method"];

/** A decline as the API tells it; null for a card that goes through. */
export function declineOf(outcome: ChargeOutcome): ApiError | null {
  if (outcome.kind !== "declined") return null;
  const { message, code, declineCode } = outcome;
  return new ApiError(402, message, { type: "card_error", code, declineCode });
}

/** A new payment method of a test card. */
export function keepCard(account: Account, card: TestCard, metadata: Record<string, string> = {}): PaymentMethod {
  const fingerprint = createHash("sha256").update(card.number).digest("base64url").slice(0, 16);
  const method: PaymentMethod = {
    ...{ id: newId("pm"), object: "payment_method", created: account.clock.now(), livemode: false, type: "card" },
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    ...{ customer: null, customer_account: null, metadata },
    card: {
      ...{ brand: card.brand, country: "US", display_brand: card.brand, exp_month: 12, exp_year: expiryYear(account) },
      ...{
        fingerprint,
        funding: "credit",
        generated_from: null,
        last4: card.number.slice(-4),
        regulated_status: "unregulated",
      },
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      ...{
        networks: { available: [card.brand], preferred: null },
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
    },
  };
  account.store.put("payment_method", method);
  return method;
}

/** A new payment method of a bank account that pays days later. */
export function keepDebit(account: Account, type: "sepa_debit" | "us_bank_account"): PaymentMethod {
  const common = {
    ...{ id: newId("pm"), object: "payment_method" as const, created: account.clock.now(), livemode: false, type },
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    ...{ customer: null, customer_account: null, metadata: {} },
  };
  const fingerprint = newId("", 16).slice(1);
  const method: PaymentMethod =
    type === "sepa_debit"
      ? {
          ...common,
          sepa_debit: {
            ...{ bank_code: "37040044", branch_code: "", country: "DE", fingerprint, last4: "3000" },
            generated_from: { charge: null, setup_attempt: null },
          },
        }
      : {
          ...common,
          us_bank_account: {
            ...{ account_holder_type: "individual", account_type: "checking", bank_name: "TEST BANK", fingerprint },
            ...{ financial_connections_account: null, last4: "6789", networks: null, routing_number: "110000000" },
            status_details: null,
          },
        };
  account.store.put("payment_method", method);
  return method;
}

/** Four years ahead by the account's clock, so that no test card has expired. */
function expiryYear({ clock }: Account): number {
  return new Date(clock.now() * 1000).getUTCFullYear() + 4;
}

function create({ account, params }: Call<Stripe.PaymentMethodCreateParams>): PaymentMethod {
  refuseUnbuilt(params, ["type", "card", "metadata"]);
  if (params.type !== "card" || params.card === undefined) {
    throw invalid("The local billing sandbox makes payment methods of cards only.", "type");
  }
  const { token, number } = params.card;
  const card = token === undefined ? cardOfNumber(number ?? "") : cardNamed(token);
  if (card === null)
    throw new ApiError(402, "Only test cards are taken here.", { type: "card_error", code: "incorrect_number" });
  return keepCard(account, card, mergedMetadata(params.metadata));
}

/** The payment method behind an id; `pm_card_visa` and its like stand for a new one each time. */
export function paymentMethodNamed(account: Account, id: string, param = "id"): PaymentMethod {
  const card = cardNamed(id);
  if (card !== null && id.startsWith("pm_card_")) return keepCard(account, card);
  const method = account.store.get("payment_method", id);
  if (method === undefined) throw missing("PaymentMethod", id, param);
  return method;
}

/** Gives a payment method to a customer; a card that is declined at once is refused. */
export function attachTo(account: Account, method: PaymentMethod, customer: string): PaymentMethod {
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid("The payment method you provided has already been attached to a customer.", "payment_method");
  }
  const decline = method.card === undefined ? null : declineOf(cardEnding(method.card.last4).onAttach);
  if (decline !== null) throw decline;
  return account.change("payment_method", method, { customer }, "payment_method.attached");
}

function cardEnding(last4: string): TestCard {
  const card = cardEndingIn(last4);
  if (card === null) throw new Error(`no test card ends in ${last4}`);
  return card;
}

/**
 * What a charge of a stored payment method comes to. Documented: a card that was confirmed once needs it no more, but for one that
 * needs it each time. Assumed: later debits of a bank account go through.
 */
export function chargeOutcome({ store }: Account, method: PaymentMethod): ChargeOutcome {
  if (method.card === undefined) return { kind: "succeeds" };
  const { onCharge, isAskedOnce } = cardEnding(method.card.last4);
  const isConfirmed = isAskedOnce === true && store.get("authentication", method.id) !== undefined;
  return isConfirmed ? { kind: "succeeds" } : onCharge;
}

function attach(call: Call<Stripe.PaymentMethodAttachParams>): PaymentMethod {
  const { account, params } = call;
  refuseUnbuilt(params, ["customer"]);
  const customer = customerNamed(account, params.customer ?? "", "customer");
  return attachTo(account, paymentMethodNamed(account, idOf(call)), customer.id);
}

function detach(call: Call<unknown>): PaymentMethod {
  const { account } = call;
  const before = paymentMethodNamed(account, idOf(call));
  if (before.customer === null) throw invalid("The payment method you provided is not attached to a customer.");
  const customer = typeof before.customer === "string" ? account.store.get("customer", before.customer) : undefined;
  if (customer?.invoice_settings.default_payment_method === before.id) {
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    account.change("customer", customer, { invoice_settings: settings }, "customer.updated");
  }
  return account.change("payment_method", before, { customer: null }, "payment_method.detached");
}

function pageOfCustomer(call: Call<Stripe.PaymentMethodListParams>, customer: string | undefined): object {
  const { account, params, url } = call;
  refuseUnbuilt(params, ["customer", "type", "limit", "starting_after", "ending_before"]);
  if (customer === undefined) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const rows = account.store
    .all("payment_method")
    .filter((method) => method.customer === customer && (params.type ?? method.type) === method.type);
  return pageOf(rows, params, url, "PaymentMethod");
}

export const PAYMENT_METHODS = [
  route("POST /v1/payment_methods", create),
  route("GET /v1/payment_methods/{id}", (call) => paymentMethodNamed(call.account, idOf(call))),
  route("POST /v1/payment_methods/{id}/attach", attach),
  route("POST /v1/payment_methods/{id}/detach", detach),
  route("GET /v1/payment_methods", (call: Call<Stripe.PaymentMethodListParams>) =>
    pageOfCustomer(
      call,
      call.params.customer === undefined ? undefined : customerNamed(call.account, call.params.customer, "customer").id,
    ),
  ),
  route("GET /v1/customers/{id}/payment_methods", (call: Call<Stripe.PaymentMethodListParams>) =>
    pageOfCustomer(call, customerNamed(call.account, idOf(call)).id),
  ),
];
