import type { Disputed } from "@/policies/entitlements/disputes";
import type { Refetched } from "@/policies/entitlements/project";
import { must, unavailable } from "@/server/kernel/errors";
import type { Stripe, StripeClient } from "@/server/platform/stripe";

/** Lists longer than this are cut short, and nothing is decided by them. */
const MOST = 1_000;

/** An answer without an `error` body resolves in the SDK even for a 404: what is no such object is no answer. */
function asserted<T extends { id: string; object: string }>(answer: T, object: T["object"]): T {
  if (answer.object === object && typeof answer.id === "string") return answer;
  throw unavailable("Stripe answered with something else than was asked for. Try again in a moment.");
}

async function all<T>(list: AsyncIterable<T>, what: string): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) {
    found.push(each);
    must(found.length <= MOST ? true : undefined, `a customer has at most ${MOST} ${what}`);
  }
  return found;
}

const asRead = (customer: Stripe.Customer | Stripe.DeletedCustomer): Refetched["customer"] => {
  if (customer.deleted === true) return { id: customer.id, deleted: true };
  return { id: customer.id, livemode: customer.livemode, metadata: customer.metadata };
};

/** A disputed charge, with what is in dispute. */
export interface FetchedDispute extends Disputed {
  amountCents: number;
  currency: string;
}

/** What was fetched, with all that the SDK knows of it. */
export interface FetchedCustomer extends Refetched {
  subscriptions: readonly Stripe.Subscription[];
  invoices: readonly Stripe.Invoice[];
  disputes: readonly FetchedDispute[];
  /** What pays for the customer where a subscription has nothing of its own. */
  method: Stripe.PaymentMethod | null;
  /** In cents: less than nothing is kept for it, more is owed. */
  balanceCents: number;
  /** Ids of open invoices whose payment waits for its holder. */
  toConfirm: ReadonlySet<string>;
}

/** Not by `expand`, which is refused for a customer that was deleted. */
async function methodOf(stripe: StripeClient, customer: Stripe.Customer | Stripe.DeletedCustomer) {
  const method = customer.deleted === true ? null : customer.invoice_settings.default_payment_method;
  return typeof method === "string" ? stripe.paymentMethods.retrieve(method) : method;
}

/** Which invoices wait for their holder: only those are looked at that were tried and are open still. */
async function findToConfirm(stripe: StripeClient, invoices: readonly Stripe.Invoice[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { id, status, attempt_count: attempts } of invoices) {
    if (status !== "open" || attempts === 0) continue;
    const { data } = await stripe.invoicePayments.list({ invoice: id, expand: ["data.payment.payment_intent"] });
    for (const { payment } of data) {
      const intent = payment.payment_intent;
      if (typeof intent === "object" && intent.status === "requires_action") found.add(id);
    }
  }
  return found;
}

/** Disputes name no customer: they are found by its charges. */
async function findDisputes(stripe: StripeClient, charges: readonly Stripe.Charge[]): Promise<FetchedDispute[]> {
  const found: FetchedDispute[] = [];
  for (const { id: charge, created: chargedAt, disputed } of charges) {
    if (!disputed) continue;
    for await (const { id, status, created, amount, currency } of stripe.disputes.list({ charge, limit: 100 }))
      found.push({ id, status, openedAt: created, chargedAt, amountCents: amount, currency });
  }
  return found;
}

/**
 * Everything of one customer as it is now, those subscriptions that ended too. Throws what the SDK throws. Ask under the
 * customer's lease alone, as what was fetched before another fetch may be older.
 */
export async function fetchCustomer(stripe: StripeClient, id: string): Promise<FetchedCustomer> {
  const [customer, subscriptions, invoices, charges] = await Promise.all([
    stripe.customers.retrieve(id),
    all(
      stripe.subscriptions.list({
        ...{ customer: id, status: "all" as const, limit: 100, expand: ["data.default_payment_method"] },
      }),
      "subscriptions",
    ),
    all(stripe.invoices.list({ customer: id, limit: 100 }), "invoices"),
    all(stripe.charges.list({ customer: id, limit: 100 }), "charges"),
  ]);
  const read = asRead(asserted(customer, "customer"));
  const [method, toConfirm, disputes] = await Promise.all([
    ...([methodOf(stripe, customer), findToConfirm(stripe, invoices), findDisputes(stripe, charges)] as const),
  ]);
  const balanceCents = customer.deleted === true ? 0 : customer.balance;
  return { customer: read, subscriptions, invoices, disputes, method, toConfirm, balanceCents };
}
