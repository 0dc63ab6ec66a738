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

/** What was fetched, with all that the SDK knows of it. */
export interface FetchedCustomer extends Refetched {
  subscriptions: readonly Stripe.Subscription[];
  invoices: readonly Stripe.Invoice[];
}

/**
 * Everything of one customer as it is now, those subscriptions that ended too. Throws what the SDK throws. Ask under the
 * customer's lease alone, as what was fetched before another fetch may be older.
 */
export async function fetchCustomer(stripe: StripeClient, id: string): Promise<FetchedCustomer> {
  const [customer, subscriptions, invoices] = await Promise.all([
    stripe.customers.retrieve(id),
    all(stripe.subscriptions.list({ customer: id, status: "all", limit: 100 }), "subscriptions"),
    all(stripe.invoices.list({ customer: id, limit: 100 }), "invoices"),
  ]);
  return { customer: asRead(asserted(customer, "customer")), subscriptions, invoices };
}
