import type Stripe from "stripe";
import type { Account } from "../account/account";
import type { Kinds, LineDraft } from "../account/wire";
import { periodAt } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid } from "../http/errors";
import { type Call, route } from "../http/route";
import { draftInvoice } from "./invoice-drafts";
import { waitingLines } from "./pending-lines";
import { changeToBill, momentOf, withItems } from "./subscription-change";
import { hasEnded } from "./subscription-end";
import { fullLines, recurrenceOf } from "./subscription-items";
import { usageLines } from "./usage-lines";
import { beginning } from "./subscription-start";
import { subscriptionNamed } from "./subscriptions";

type Params = Stripe.InvoiceCreatePreviewParams;

/** The invoice that would come next; nothing is kept. */
function preview({ account, params }: Call<Params>): Kinds["invoice"] {
  refuseUnbuilt(params, ["customer", "discounts", "subscription", "subscription_details"]);
  if (params.subscription !== undefined) return ofLiving(account, params.subscription, params);
  return account.tried(() => ofNew(account, params));
}

/** The first invoice of a subscription that is not begun. */
function ofNew(account: Account, { customer, discounts, subscription_details: details = {} }: Params) {
  refuseUnbuilt(details, ["items", "trial_end"]);
  if (customer === undefined || details.items === undefined) {
    throw invalid("A preview needs a subscription, or a customer and items.", "subscription", "parameter_missing");
  }
  const { trial_end } = details;
  const items = details.items.map((item) => {
    refuseUnbuilt(item, ["price", "quantity"]);
    const { price = "", quantity } = item;
    return quantity === undefined ? { price } : { price, quantity };
  });
  const { begun, drafts } = beginning(account, {
    ...{ customer, items, discounts: discounts ?? [] },
    ...(trial_end === undefined ? {} : { trial_end }),
  });
  return shown(account, begun, [...waitingLines(account, begun).map(({ line }) => line), ...drafts]);
}

function shown(account: Account, subscription: Kinds["subscription"], drafts: readonly LineDraft[]): Kinds["invoice"] {
  const invoice = draftInvoice(account, { subscription, drafts, reason: "upcoming", finalizesAt: null });
  return { ...invoice, id: `upcoming_${invoice.id}` };
}

/**
 * The invoice that a subscription would get next, changed as the request says. Documented: with the same `proration_date` the
 * change then costs what was shown. Assumed: what is billed at once is shown without the next period.
 */
function ofLiving(account: Account, id: string, params: Params): Kinds["invoice"] {
  const details = params.subscription_details ?? {};
  refuseUnbuilt(params, ["customer", "subscription", "subscription_details"]);
  refuseUnbuilt(details, ["items", "proration_behavior", "proration_date"]);
  const before = subscriptionNamed(account, id, "subscription");
  if (params.customer !== undefined && params.customer !== before.customer) {
    throw invalid("The subscription is not this customer's.", "customer");
  }
  if (hasEnded(before) || before.cancel_at_period_end) {
    throw new ApiError(404, "No upcoming invoices for this subscription.", { code: "invoice_upcoming_none" });
  }
  const moment = momentOf(account, before, details.proration_date);
  const after = details.items === undefined ? before : withItems(account, before, details.items, moment);
  const { lines, isNow } = changeToBill(account, { before, after, moment }, details.proration_behavior);
  const waiting = waitingLines(account, before).map(({ line }) => line);
  const next = details.items !== undefined && isNow ? [] : nextLines(account, after);
  return shown(account, after, [...waiting, ...lines, ...next]);
}

/** The invoice of the next renewal, as it would be now. */
export function upcomingInvoice(account: Account, subscription: Kinds["subscription"]): Kinds["invoice"] {
  const waiting = waitingLines(account, subscription).map(({ line }) => line);
  return shown(account, subscription, [...waiting, ...nextLines(account, subscription)]);
}

/** What was used by now, and the next period of the rest. */
function nextLines(account: Account, subscription: Kinds["subscription"]): LineDraft[] {
  const { billing_cycle_anchor: anchor, items } = subscription;
  const end = items.data[0]?.current_period_end ?? 0;
  const period = periodAt(anchor, recurrenceOf(items.data), end);
  return [...usageLines(account, subscription, end), ...fullLines(account, items.data, period)];
}

export const INVOICE_PREVIEWS = [route("POST /v1/invoices/create_preview", preview)];
