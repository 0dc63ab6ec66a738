import { chooseSubscription } from "@/policies/entitlements/choose-subscription";
import { isMissingAtStripe, type Stripe } from "@/server/platform/stripe";
import { noInput, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { askedForCustomer } from "./buyer";
import { fetchCustomer } from "./fetch-customer";
import { invoiceDto, type InvoiceDto } from "./list-invoices";
import { findSeller, type Seller } from "./seller";

/** How a tenant pays, as the seller has it. Amounts are cents; moments ISO 8601. */
export interface PaymentDto {
  /** Null where none is on file. */
  method: { brand: string; last4: string; expires: string | null } | null;
  /** What the next invoice would be by now; null where none comes. */
  next: { at: string; totalCents: number; discountCents: number; taxCents: number; currency: string } | null;
  /** What was not paid yet, the oldest first. */
  open: InvoiceDto[];
  /** What the seller keeps for the tenant, or it owes: taken off, or added to, the next invoice. */
  balanceCents: number;
}

const NOTHING: PaymentDto = { method: null, next: null, open: [], balanceCents: 0 };

function methodOf(method: Stripe.PaymentMethod | string | null | undefined): PaymentDto["method"] {
  if (method === null || method === undefined || typeof method === "string") return null;
  const { card, type } = method;
  if (card === undefined) return { brand: type.replaceAll("_", " "), last4: "", expires: null };
  const month = String(card.exp_month).padStart(2, "0");
  return { brand: card.brand, last4: card.last4, expires: `${card.exp_year}-${month}` };
}

const sum = (amounts: readonly { amount: number }[] | null) =>
  (amounts ?? []).reduce((all, { amount }) => all + amount, 0);

/** The next invoice of a subscription that goes on; null where none comes. */
async function nextInvoice({ stripe }: Seller, subscription: Stripe.Subscription): Promise<PaymentDto["next"]> {
  const [first] = subscription.items.data;
  const goesOn = ["active", "trialing", "past_due"].includes(subscription.status);
  if (!goesOn || subscription.cancel_at_period_end || first === undefined) return null;
  const invoice = await stripe.invoices.createPreview({ subscription: subscription.id }).catch((error: unknown) => {
    if (isMissingAtStripe(error)) return null;
    throw error;
  });
  return (
    invoice && {
      at: new Date(first.current_period_end * 1000).toISOString(),
      ...{ totalCents: invoice.amount_due, currency: invoice.currency },
      ...{ discountCents: sum(invoice.total_discount_amounts), taxCents: sum(invoice.total_taxes) },
    }
  );
}

async function readPayment(seller: Seller, customerId: string): Promise<PaymentDto> {
  const { subscriptions, invoices, method, balanceCents } = await fetchCustomer(seller.stripe, customerId);
  const { chosen } = chooseSubscription(subscriptions, invoices);
  const subscription = subscriptions.find(({ id }) => id === chosen?.id);
  return {
    method: methodOf(subscription?.default_payment_method) ?? methodOf(method),
    next: subscription === undefined ? null : await nextInvoice(seller, subscription),
    open: invoices
      .filter(({ status }) => status === "open")
      .map(invoiceDto)
      .reverse(),
    balanceCents,
  };
}

/** How a tenant pays: what is on file, what comes next and what is open. Throws Unavailable where the seller does not answer. */
export const getPayment: Verb<typeof noInput, PaymentDto> = Object.assign(
  async (...[ctx, input]: Parameters<typeof askedForCustomer>): Promise<PaymentDto> => {
    const customer = await askedForCustomer(ctx, input);
    const seller = findSeller();
    return seller === null || customer === null ? NOTHING : atSeller(() => readPayment(seller, customer));
  },
  { kind: askedForCustomer.kind, action: askedForCustomer.action, input: noInput },
);
