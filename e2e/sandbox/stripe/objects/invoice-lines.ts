import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { type ExactCents, exactCents } from "../engine/decimals";
import { discountCents } from "../engine/discounts";
import { type TaxFacts, taxOn } from "../engine/tax";
import { tieredAmount } from "../engine/tiers";
import { termsOf } from "./discounts";

type Invoice = Kinds["invoice"];
export type Line = Invoice["lines"]["data"][number];

/** What a quantity of a price costs for one period, exact. */
export function amountFor({ store }: Account, price: Kinds["price"], quantity: number): ExactCents {
  if (price.billing_scheme !== "tiered") return exactCents(price.unit_amount_decimal ?? "0") * BigInt(quantity);
  const tiers = (store.get("price_tiers", price.id)?.tiers ?? []).map((tier) => ({
    ...{ upTo: tier.up_to, unitCents: tier.unit_amount_decimal ?? "0", flatCents: tier.flat_amount_decimal ?? "0" },
  }));
  return tieredAmount(price.tiers_mode === "volume" ? "volume" : "graduated", tiers, quantity);
}

/** What lines are of. */
interface Of {
  invoice: string;
  subscription: string;
  currency: string;
  /** Null without automatic tax. */
  tax: TaxFacts | null;
}

/** The lines of an invoice, with what each discount takes off each of them. */
export function linesOf(account: Account, of: Of, drafts: readonly LineDraft[], discounts: readonly string[]): Line[] {
  const left = drafts.map(({ cents }) => cents);
  const taken = discounts.map((id) => {
    const facts = drafts.map((draft, index) => ({
      ...draft,
      cents: left[index] ?? 0,
      product: draft.price === null ? "" : idIn(draft.price.product),
      isDiscountable: isDiscountable(draft),
    }));
    const amounts = discountCents(facts, termsOf(account, id));
    // Assumed: discounts stack, each on what the one before has left.
    amounts.forEach((amount, index) => (left[index] = (left[index] ?? 0) - amount));
    return { id, amounts };
  });
  return drafts.map((draft, index) => {
    const off = taken.map(({ id, amounts }) => ({ discount: id, amount: amounts[index] ?? 0 }));
    return lineOf(
      of,
      draft,
      off.filter(({ amount }) => amount > 0),
    );
  });
}

function isDiscountable({ isProration, isDiscountable: asked = !isProration }: LineDraft): boolean {
  return asked;
}

function lineOf(of: Of, draft: LineDraft, off: { discount: string; amount: number }[]): Line {
  const { id = newId("il"), price, quantity, cents, period } = draft;
  const { currency, invoice, subscription } = of;
  return {
    ...{ id, object: "line_item", amount: cents, currency, description: draft.description },
    ...{ discount_amounts: off, discountable: isDiscountable(draft), discounts: [], invoice, livemode: false },
    ...{ metadata: {}, parent: parentOf(of, draft), period, pretax_credit_amounts: [] },
    ...{ quantity, quantity_decimal: String(quantity), subscription },
    pricing:
      price === null
        ? null
        : {
            ...{ price_details: { price: price.id, product: idIn(price.product) }, type: "price_details" },
            unit_amount_decimal: price.unit_amount_decimal,
          },
    ...{ subtotal: cents, taxes: taxesOf(of, draft, off) },
  };
}

function taxesOf(
  { tax: facts }: Of,
  { cents, price }: LineDraft,
  off: { amount: number }[],
): NonNullable<Line["taxes"]> {
  const net = off.reduce((left, { amount }) => left - amount, cents);
  const tax = facts === null ? null : taxOn(net, price?.tax_behavior === "inclusive", facts);
  if (tax === null) return [];
  return [
    {
      ...{ amount: tax.cents, tax_behavior: tax.behavior, tax_rate_details: { tax_rate: tax.rate } },
      ...{ taxability_reason: tax.reason, taxable_amount: tax.taxableCents, type: "tax_rate_details" },
    },
  ];
}

function parentOf({ subscription }: Of, { itemId, invoiceItem, isProration }: LineDraft): Line["parent"] {
  const proration = { proration: isProration, proration_details: isProration ? { credited_items: null } : null };
  if (itemId === null) {
    const details = { invoice_item: invoiceItem ?? "", ...proration, subscription };
    return { invoice_item_details: details, subscription_item_details: null, type: "invoice_item_details" };
  }
  const details = { invoice_item: invoiceItem ?? null, ...proration, subscription, subscription_item: itemId };
  return { invoice_item_details: null, subscription_item_details: details, type: "subscription_item_details" };
}
