import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { discountCents } from "../engine/discounts";
import { roundedCents } from "../engine/decimals";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";
import { type For, redeemable } from "./discounts";
import { amountFor } from "./invoice-lines";
import { quantityAt, recurrenceOf, recurringPrice } from "./subscription-items";

type Session = Kinds["checkout.session"];
type Params = Stripe.Checkout.SessionCreateParams;
type LineItem = Kinds["session_terms"]["lines"][number];

/** The Checkout session behind an id. */
export function sessionNamed({ store }: Account, id: string): Session {
  const session = store.get("checkout.session", id);
  if (session === undefined) throw missing("checkout.session", id);
  return session;
}

const BUILT = [
  ...[
    "allow_promotion_codes",
    "billing_address_collection",
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_update",
  ],
  ...[
    "discounts",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_method_collection",
    "subscription_data",
  ],
  ...["excluded_payment_method_types", "success_url", "tax_id_collection", "ui_mode"],
];
const HALF_HOUR = 30 * 60;
const DAY = 24 * 60 * 60;

function create({ account, params }: Call<Params>): Session {
  refuseUnbuilt(params, BUILT);
  refuseUnbuilt(params.subscription_data ?? {}, [
    "billing_mode",
    "description",
    "metadata",
    "trial_period_days",
    "trial_settings",
  ]);
  if (params.mode !== "subscription") throw invalid("The local billing sandbox checks out subscriptions only.", "mode");
  if ((params.ui_mode ?? "hosted_page") !== "hosted_page")
    throw invalid("The local billing sandbox has hosted pages only.", "ui_mode");
  if (params.success_url === undefined)
    throw invalid("Missing required param: success_url.", "success_url", "parameter_missing");
  refuseUnbuilt(params.customer_update ?? {}, ["address", "name"]);
  if (params.discounts !== undefined && params.allow_promotion_codes !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      "allow_promotion_codes",
    );
  }
  const customer = customerNamed(account, params.customer ?? "", "customer");
  const id = `cs_test_${newId("x", 50).slice(2)}`;
  const lines = sessionLines(account, params, customer.id);
  const currency = lines[0]?.currency ?? "usd";
  const isTrial = (params.subscription_data?.trial_period_days ?? 0) > 0;
  const session: Session = {
    ...{
      id,
      object: "checkout.session",
      adaptive_pricing: null,
      after_expiration: null,
      allowed_payment_method_types: null,
    },
    ...sessionTotals(lines, isTrial),
    ...{
      allow_promotion_codes: params.allow_promotion_codes ?? null,
      billing_address_collection: params.billing_address_collection ?? null,
    },
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    ...{
      cancel_url: params.cancel_url ?? null,
      client_reference_id: params.client_reference_id ?? null,
      client_secret: null,
    },
    ...{ collected_information: null, consent: null, consent_collection: null, created: account.clock.now() },
    ...{ currency, currency_conversion: null, custom_fields: [] },
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    ...{
      customer: customer.id,
      customer_account: null,
      customer_creation: null,
      customer_details: null,
      customer_email: null,
    },
    discounts: (params.discounts ?? []).map((each) => ({
      coupon: each.coupon ?? null,
      promotion_code: each.promotion_code ?? null,
    })),
    ...{
      expires_at: expiryOf(account, params.expires_at),
      integration_identifier: null,
      invoice: null,
      invoice_creation: null,
    },
    ...{
      livemode: false,
      locale: params.locale ?? null,
      managed_payments: null,
      metadata: mergedMetadata(params.metadata),
    },
    ...{ mode: "subscription", origin_context: null, payment_intent: null, payment_link: null },
    ...{
      payment_method_collection: params.payment_method_collection ?? "always",
      payment_method_configuration_details: null,
    },
    ...{
      payment_method_options: null,
      payment_method_types: methodTypesOf(currency, params),
      payment_status: "unpaid",
      permissions: null,
    },
    ...{ phone_number_collection: { enabled: false }, recovered_from: null, saved_payment_method_options: null },
    ...{
      setup_intent: null,
      shipping_address_collection: null,
      shipping_cost: null,
      shipping_options: [],
      status: "open",
    },
    ...{ submit_type: null, subscription: null, success_url: params.success_url },
    ...(params.tax_id_collection === undefined ? {} : { tax_id_collection: taxIdCollectionOf(params) }),
    ...{ ui_mode: "hosted_page", url: `${account.pages}/pay/checkout/${id}`, wallet_options: null },
  };
  const terms = {
    ...{ discounts: params.discounts ?? [], subscription: params.subscription_data ?? {} },
    update: params.customer_update ?? {},
  };
  account.store.put("session_terms", { id, object: "session_terms", lines, ...terms });
  account.store.put("checkout.session", session);
  return session;
}

/** What a session's items come to now; nothing while a trial lasts. */
export function sessionTotals(lines: readonly LineItem[], isTrial: boolean) {
  const sum = (name: "amount_subtotal" | "amount_total" | "amount_discount") =>
    isTrial ? 0 : lines.reduce((all, line) => all + line[name], 0);
  return {
    ...{ amount_subtotal: sum("amount_subtotal"), amount_total: sum("amount_total") },
    total_details: { amount_discount: sum("amount_discount"), amount_shipping: 0, amount_tax: 0 },
  };
}

/** The bank debit that is paid later, by the currency that it moves. */
const DEBITS: Readonly<Record<string, DebitType>> = { eur: "sepa_debit", usd: "us_bank_account" };
export type DebitType = "sepa_debit" | "us_bank_account";

function methodTypesOf(currency: string, { excluded_payment_method_types: excluded = [] }: Params): string[] {
  const debit = DEBITS[currency];
  const types = ["card", ...(debit === undefined ? [] : [debit])].filter(
    (type) => !excluded.some((other) => other === type),
  );
  if (types.length > 0) return types;
  throw invalid("No payment method would be left.", "excluded_payment_method_types");
}

function taxIdCollectionOf({ tax_id_collection: asked }: Params): NonNullable<Session["tax_id_collection"]> {
  return { enabled: asked?.enabled === true, required: asked?.required ?? "never" };
}

/** Documented: from 30 minutes to 24 hours after the session is made, which is also what it has unasked. */
function expiryOf({ clock }: Account, asked: number | undefined): number {
  const now = clock.now();
  if (asked === undefined) return now + DAY;
  if (asked >= now + HALF_HOUR && asked <= now + DAY) return asked;
  throw invalid(
    "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
    "expires_at",
  );
}

/** The items of a session with what its discounts take off each; refuses such as do not go together. */
export function sessionLines(
  account: Account,
  { line_items: asked = [], discounts = [] }: Pick<Params, "discounts" | "line_items">,
  customer: string,
): LineItem[] {
  const items = asked.map((each, index) => {
    refuseUnbuilt(each, ["price", "quantity"]);
    const at = `line_items[${index}]`;
    const price = recurringPrice(account, each.price, `${at}[price]`, { mayBeMetered: true });
    return { price, ...quantityAt(price, each.quantity, 1, `${at}[quantity]`) };
  });
  recurrenceOf(items);
  if (discounts.length > 1) throw invalid("A Checkout session takes one discount.", "discounts");
  // What is metered costs nothing when it is bought.
  const facts = items.map(({ price, quantity }) => ({
    cents: quantity === undefined ? 0 : roundedCents(amountFor(account, price, quantity)),
    ...{ product: idIn(price.product), isDiscountable: true },
  }));
  const [asking] = discounts;
  const off =
    asking === undefined
      ? []
      : discountCents(facts, couponFacts(account, asking, { customer, currency: items[0]?.price.currency ?? "" }));
  return items.map(({ price, quantity }, index) => {
    const { cents } = facts[index] ?? { cents: 0 };
    const name = account.store.get("product", idIn(price.product))?.name ?? null;
    const taken = off[index] ?? 0;
    return {
      ...{ id: newId("li"), object: "item", adjustable_quantity: null, amount_discount: taken, amount_subtotal: cents },
      ...{
        amount_tax: 0,
        amount_total: cents - taken,
        currency: price.currency,
        description: name,
        metadata: {},
        price,
        quantity: quantity ?? null,
      },
    };
  });
}

function couponFacts(account: Account, asked: { coupon?: string; promotion_code?: string }, of: For) {
  const { coupon } = redeemable(account, asked, of, "discounts[0]");
  const products = account.store.get("coupon_scope", coupon.id)?.products ?? null;
  return { percentOff: coupon.percent_off, amountOffCents: coupon.amount_off, products };
}

/** The items of a session, which it shows only when asked. */
export function lineItemsOf({ store }: Account, id: string): object | undefined {
  const data = store.get("session_terms", id)?.lines;
  return data === undefined
    ? undefined
    : { object: "list", data, has_more: false, url: `/v1/checkout/sessions/${id}/line_items` };
}

function expire(call: Call<unknown>): Session {
  const session = sessionNamed(call.account, idOf(call));
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${String(session.status)}.`,
    );
  }
  return call.account.change("checkout.session", session, { status: "expired", url: null }, "checkout.session.expired");
}

const FILTERS = ["created", "customer", "status", "subscription", "limit", "starting_after", "ending_before"];

function list({ account, params, url }: Call<Stripe.Checkout.SessionListParams>): object {
  refuseUnbuilt(params, FILTERS);
  const { created, customer, status, subscription } = params;
  const rows = account.store.all("checkout.session").filter((session) => {
    const isOf = (customer ?? session.customer) === session.customer;
    const isFor = (subscription ?? session.subscription) === session.subscription;
    return isOf && isFor && (status ?? session.status) === session.status && isWithin(session.created, created);
  });
  return pageOf(rows, params, url, "checkout session");
}

function lineItems(call: Call<Stripe.Checkout.SessionListLineItemsParams>): object {
  const { id } = sessionNamed(call.account, idOf(call));
  return pageOf(call.account.store.get("session_terms", id)?.lines ?? [], call.params, call.url, "line item");
}

export const CHECKOUT_SESSIONS = [
  route("POST /v1/checkout/sessions", create),
  route("GET /v1/checkout/sessions", list),
  route("GET /v1/checkout/sessions/{id}", (call) => sessionNamed(call.account, idOf(call))),
  route("GET /v1/checkout/sessions/{id}/line_items", lineItems),
  route("POST /v1/checkout/sessions/{id}/expire", expire),
];
