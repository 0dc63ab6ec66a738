import { type Choice, differenceOf, monthCents } from "@/policies/entitlements/change-plan";
import { FEATURES } from "@/policies/entitlements/features";
import type { Limits } from "@/policies/entitlements/projection";
import { seatsTaken } from "@/server/entitlements";
import { preconditionFailed } from "@/server/kernel/errors";
import type { Stripe } from "@/server/platform/stripe";
import { defineRead, type Verb } from "@/server/verb";
import { atSeller, noLocation } from "./at-seller";
import { billingItself } from "./billing-itself";
import { findLivingCustomer } from "./ensure-customer";
import { type LivingPlan, loadLivingPlan } from "./living-plan";
import { openChange } from "./open-change";
import { choiceSchema } from "./schemas";
import { getSeller, type Seller } from "./seller";
import { reckonedFrom, weighChange, type WeighedChange } from "./weigh-change";

/** What a change would cost and bring. Amounts are cents; moments ISO 8601, but for `prorationDate`, in seconds. */
export interface ChangePreview {
  /** At once, or from the renewal on. */
  takesEffect: "now" | "renewal";
  effectiveAt: string;
  /** To be sent again with the order, which then costs what is shown here. */
  prorationDate: number;
  dueNowCents: number;
  /** What comes back and is kept for the next invoices. */
  creditCents: number;
  discountCents: number;
  taxCents: number;
  /** The invoice's lines: what is charged now, or on the next invoice where nothing is. */
  lines: { what: string; cents: number }[];
  /** A month before tax and use. */
  monthCents: { before: number; after: number };
  gained: string[];
  lost: string[];
  limits: { limit: keyof Limits; before: number | null; after: number | null }[];
  excessSeats: number;
  /** Until when the trial goes on, which a change leaves as it is. */
  trialEnd: string | null;
  /** Whether a change that was ordered before makes way for this one. */
  replacesOther: boolean;
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** How the seller is told to bill a change. */
export const billedBy = ({ moment, isTrueUp }: WeighedChange) =>
  moment === "renewal" ? "none" : isTrueUp ? "create_prorations" : "always_invoice";

const isProration = ({ parent }: Stripe.InvoiceLineItem) =>
  parent?.subscription_item_details?.proration === true || parent?.invoice_item_details?.proration === true;

async function invoiceOf({ stripe }: Seller, living: LivingPlan, change: WeighedChange, prorationDate: number) {
  const { subscription } = living;
  const customer = typeof subscription.customer === "string" ? subscription.customer : subscription.customer.id;
  return atSeller(() =>
    stripe.invoices.createPreview({
      ...{ customer, subscription: subscription.id },
      subscription_details: {
        ...{ items: change.items, proration_behavior: billedBy(change) },
        ...(change.moment === "now" ? { proration_date: prorationDate } : {}),
      },
    }),
  );
}

const sum = (amounts: readonly { amount: number }[] | null) =>
  (amounts ?? []).reduce((all, { amount }) => all + amount, 0);

function costOf(invoice: Stripe.Invoice, { moment, isTrueUp }: WeighedChange) {
  const isNow = moment === "now" && !isTrueUp;
  const shown = isTrueUp
    ? invoice.lines.data.filter(isProration)
    : invoice.lines.data.filter(({ amount }) => amount !== 0);
  return {
    ...{ dueNowCents: isNow ? invoice.amount_due : 0, creditCents: isNow ? Math.max(0, -invoice.total) : 0 },
    ...{ discountCents: sum(invoice.total_discount_amounts), taxCents: sum(invoice.total_taxes) },
    lines: shown.map(({ description, amount }) => ({ what: description ?? "", cents: amount })),
  };
}

function benefitOf({ choice, catalogueVersion }: LivingPlan, to: Choice) {
  const { gained, lost, limits } = differenceOf(choice, to, catalogueVersion);
  const version = to.plan === choice.plan ? catalogueVersion : undefined;
  return {
    ...{ gained: gained.map((name) => FEATURES[name].title), lost: lost.map((name) => FEATURES[name].title), limits },
    monthCents: { before: monthCents(choice, catalogueVersion), after: monthCents(to, version) },
  };
}

const asked = defineRead({
  action: "billing.change",
  input: choiceSchema,
  load: billingItself,
  read: async ({ ctx, tx, now }, choice) => {
    const [customer, taken, open] = await Promise.all([
      ...([findLivingCustomer(tx, ctx.tenantId), seatsTaken(tx, ctx.tenantId), openChange(tx, ctx.tenantId)] as const),
    ]);
    if (customer === null) throw preconditionFailed("This tenant has bought nothing yet: choose a plan first.");
    return { choice, customerId: customer.id, taken, open, now };
  },
});

/**
 * What a change of the plan would cost and bring, as the seller reckons it now. Changes nothing. Throws PreconditionFailed, in
 * words, for a change that cannot be ordered, and Unavailable where the seller does not answer.
 */
export const previewChange: Verb<typeof choiceSchema, ChangePreview> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<ChangePreview> => {
    const { choice, customerId, taken, open, now } = await asked(ctx, input);
    const seller = getSeller();
    const living = await loadLivingPlan(seller, customerId);
    const change = await weighChange(seller, living, choice, taken);
    const prorationDate = reckonedFrom(living, now);
    const invoice = await invoiceOf(seller, living, change, prorationDate);
    if (invoice.automatic_tax.status === "requires_location_inputs") throw noLocation();
    const { status, trial_end: trialEnd } = living.subscription;
    return {
      ...{ takesEffect: change.moment, prorationDate, excessSeats: change.excessSeats },
      effectiveAt: iso(change.moment === "now" ? prorationDate : living.period.end),
      ...costOf(invoice, change),
      ...benefitOf(living, change.to),
      trialEnd: status === "trialing" && trialEnd !== null ? iso(trialEnd) : null,
      replacesOther: open !== null && open.status !== "ordered",
    };
  },
  { kind: asked.kind, action: asked.action, input: asked.input },
);
