import { invalid } from "@/server/kernel/errors";
import { isStripeRefusal, type Stripe } from "@/server/platform/stripe";
import { parseInput, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { askedForCustomer } from "./buyer";
import { invoicesSchema } from "./schemas";
import { findSeller } from "./seller";

const PAGE = 20;

/** An invoice as people read it. Amounts are cents; moments ISO 8601. */
export interface InvoiceDto {
  id: string;
  /** Null for a draft. */
  number: string | null;
  status: string;
  madeAt: string;
  totalCents: number;
  paidCents: number;
  /** What is still to be paid. */
  dueCents: number;
  refundedCents: number;
  currency: string;
  /** Where it is read and paid, and as a file; null for a draft. */
  page: string | null;
  pdf: string | null;
  attempts: number;
  nextAttemptAt: string | null;
}

export interface InvoicePage {
  rows: InvoiceDto[];
  nextCursor: string | null;
}

const iso = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString());

/** An invoice without what nobody here needs to see of it. */
export const invoiceDto = (invoice: Stripe.Invoice): InvoiceDto => ({
  ...{ id: invoice.id, number: invoice.number, status: invoice.status ?? "draft", currency: invoice.currency },
  madeAt: new Date(invoice.created * 1000).toISOString(),
  ...{ totalCents: invoice.total, paidCents: invoice.amount_paid, dueCents: invoice.amount_remaining },
  refundedCents: invoice.post_payment_credit_notes_amount,
  ...{ page: invoice.hosted_invoice_url ?? null, pdf: invoice.invoice_pdf ?? null },
  ...{ attempts: invoice.attempt_count, nextAttemptAt: iso(invoice.next_payment_attempt) },
});

/**
 * The invoices of a tenant, the newest first, as the seller has them. Empty for a tenant that never bought. Throws Unavailable
 * where the seller does not answer, and Invalid for a place that its list does not have.
 */
export const listInvoices: Verb<typeof invoicesSchema, InvoicePage> = Object.assign(
  async (...[ctx, input]: Parameters<Verb<typeof invoicesSchema, InvoicePage>>): Promise<InvoicePage> => {
    const { cursor } = parseInput(invoicesSchema, input);
    const customer = await askedForCustomer(ctx, {});
    const seller = findSeller();
    if (seller === null || customer === null) return { rows: [], nextCursor: null };
    const after = cursor === undefined ? {} : { starting_after: cursor };
    const page = await atSeller(() => seller.stripe.invoices.list({ customer, limit: PAGE, ...after })).catch(
      (error: unknown) => {
        if (cursor !== undefined && isStripeRefusal(error))
          throw invalid("The list has no such place any more.", { field: "cursor" });
        throw error;
      },
    );
    const last = page.data.at(-1);
    return { rows: page.data.map(invoiceDto), nextCursor: page.has_more ? (last?.id ?? null) : null };
  },
  { kind: "read" as const, action: askedForCustomer.action, input: invoicesSchema },
);
