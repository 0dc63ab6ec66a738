import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import type { ChargeOutcome } from "../engine/test-cards";
import { refuseUnbuilt } from "../http/built";
import { missing } from "../http/errors";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";

type Invoice = Kinds["invoice"];
type Intent = Kinds["payment_intent"];
type Payment = Kinds["invoice_payment"];

/** What a payment comes to: a charge's outcome, or that a bank will say later. */
type PaymentOutcome = ChargeOutcome | { kind: "processing" };

/** The payment intent behind an id. */
export function intentNamed({ store }: Account, id: string): Intent {
  const intent = store.get("payment_intent", id);
  if (intent === undefined) throw missing("payment_intent", id);
  return intent;
}

/** The tries to pay an invoice; newest first. */
function paymentsOf({ store }: Account, invoice: string): Payment[] {
  return store.all("invoice_payment").filter((payment) => payment.invoice === invoice);
}

/** The intent that an invoice is being paid by, or null before the first try. */
export function intentOf(account: Account, invoice: string): Intent | null {
  const [payment] = paymentsOf(account, invoice);
  const id = payment?.payment.payment_intent;
  return typeof id === "string" ? intentNamed(account, id) : null;
}

/** The invoice that an intent pays. */
export function invoiceOf({ store }: Account, intent: string): Invoice {
  const payment = store.all("invoice_payment").find((each) => each.payment.payment_intent === intent);
  const invoice = payment === undefined ? undefined : store.get("invoice", idIn(payment.invoice));
  if (invoice === undefined) throw new Error(`${intent} pays no invoice`);
  return invoice;
}

/** Keeps what a try to pay an open invoice came to, on the invoice's one intent. */
export function recordPayment(account: Account, invoice: Invoice, method: string, outcome: PaymentOutcome): Intent {
  const before = intentOf(account, invoice.id) ?? newIntent(account, invoice);
  const [changes, type] = stepOf(account, before, outcome);
  const after = account.change("payment_intent", before, { payment_method: method, ...changes }, type);
  const [payment] = paymentsOf(account, invoice.id);
  if (outcome.kind === "succeeds" && payment !== undefined) {
    const times = { ...payment.status_transitions, paid_at: account.clock.now() };
    account.store.put("invoice_payment", {
      ...{ ...payment, amount_paid: invoice.amount_due, status: "paid", status_transitions: times },
    });
  }
  return after;
}

/** How an intent changes by what a charge came to, and the event that tells it. */
function stepOf({ pages }: Account, { id, amount }: Intent, outcome: PaymentOutcome): [Partial<Intent>, string] {
  const none = { next_action: null, last_payment_error: null };
  if (outcome.kind === "succeeds") {
    return [{ ...none, status: "succeeded", amount_received: amount }, "payment_intent.succeeded"];
  }
  if (outcome.kind === "processing") return [{ ...none, status: "processing" }, "payment_intent.processing"];
  if (outcome.kind === "needs-action") {
    const redirect = { return_url: null, url: `${pages}/pay/challenges/${id}` };
    const next: Intent["next_action"] = { type: "redirect_to_url", redirect_to_url: redirect };
    return [{ ...none, status: "requires_action", next_action: next }, "payment_intent.requires_action"];
  }
  // Assumed: a refused method is taken off the intent.
  const error = {
    ...{ type: "card_error" as const, code: outcome.code, decline_code: outcome.declineCode },
    message: outcome.message,
  };
  const changes = { payment_method: null, status: "requires_payment_method" as const, next_action: null };
  return [{ ...changes, last_payment_error: error }, "payment_intent.payment_failed"];
}

function newIntent(account: Account, invoice: Invoice): Intent {
  const { store, clock } = account;
  const id = newId("pi");
  const intent: Intent = {
    ...{ id, object: "payment_intent", allowed_payment_method_types: null, amount: invoice.amount_due },
    ...{ amount_capturable: 0, amount_received: 0, application: null, application_fee_amount: null },
    ...{ automatic_payment_methods: null, canceled_at: null, cancellation_reason: null, capture_method: "automatic" },
    ...{ client_secret: `${id}_secret_${newId("", 24).slice(1)}`, confirmation_method: "automatic" },
    ...{ created: clock.now(), currency: invoice.currency, customer: idIn(invoice.customer), customer_account: null },
    ...{ description: null, excluded_payment_method_types: null, last_payment_error: null, latest_charge: null },
    ...{ livemode: false, managed_payments: null, metadata: {}, next_action: null, on_behalf_of: null },
    ...{ payment_method: null, payment_method_configuration_details: null, payment_method_options: null },
    ...{ payment_method_types: ["card"], payment_record: null, processing: null, receipt_email: null, review: null },
    ...{ setup_future_usage: "off_session", shipping: null, source: null, statement_descriptor: null },
    ...{ statement_descriptor_suffix: null, status: "requires_payment_method", transfer_group: null },
  };
  store.put("payment_intent", intent);
  account.emit("payment_intent.created", intent);
  store.put("invoice_payment", {
    ...{ id: newId("inpay"), object: "invoice_payment", amount_paid: null, amount_requested: invoice.amount_due },
    ...{ created: clock.now(), currency: invoice.currency, invoice: invoice.id, is_default: true, livemode: false },
    payment: { payment_intent: id, type: "payment_intent" },
    ...{ status: "open", status_transitions: { canceled_at: null, paid_at: null } },
  });
  return intent;
}

/** The payments of an invoice, which it shows only when asked. */
export function paymentListOf(account: Account, invoice: string): object {
  const data = paymentsOf(account, invoice);
  return { object: "list", data, has_more: false, url: `/v1/invoice_payments?invoice=${invoice}` };
}

function list({ account, params, url }: Call<Stripe.PaymentIntentListParams>): object {
  refuseUnbuilt(params, ["created", "customer", "limit", "starting_after", "ending_before"]);
  const { created, customer } = params;
  const rows = account.store
    .all("payment_intent")
    .filter((intent) => (customer ?? intent.customer) === intent.customer && isWithin(intent.created, created));
  return pageOf(rows, params, url, "payment_intent");
}

function listPayments({ account, params, url }: Call<Stripe.InvoicePaymentListParams>): object {
  refuseUnbuilt(params, ["created", "invoice", "status", "limit", "starting_after", "ending_before"]);
  const { created, invoice, status } = params;
  const rows = account.store.all("invoice_payment").filter((payment) => {
    const isOf = (invoice ?? payment.invoice) === payment.invoice;
    return isOf && (status ?? payment.status) === payment.status && isWithin(payment.created, created);
  });
  return pageOf(rows, params, url, "invoice payment");
}

export const PAYMENT_INTENTS = [
  route("GET /v1/payment_intents", list),
  route("GET /v1/payment_intents/{id}", (call) => intentNamed(call.account, idOf(call))),
  route("GET /v1/invoice_payments", listPayments),
];
