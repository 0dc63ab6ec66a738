import type Stripe from "stripe";
import type { Kinds } from "../account/wire";
import { periodAt } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid } from "../http/errors";
import { type Call, route } from "../http/route";
import { draftInvoice, waitingLines } from "./invoice-drafts";
import { changeToBill, withItems } from "./subscription-change";
import { hasEnded } from "./subscription-end";
import { fullLine, recurrenceOf } from "./subscription-items";
import { momentOf, subscriptionNamed } from "./subscriptions";

/**
 * The invoice that a subscription would get next, changed as the request says; nothing is kept. Documented: with the same
 * `proration_date` the change then costs what was shown. Assumed: what is billed at once is shown without the next period.
 */
function preview({ account, params }: Call<Stripe.InvoiceCreatePreviewParams>): Kinds["invoice"] {
  refuseUnbuilt(params, ["customer", "subscription", "subscription_details"]);
  const details = params.subscription_details ?? {};
  refuseUnbuilt(details, ["items", "proration_behavior", "proration_date"]);
  if (params.subscription === undefined) {
    throw invalid("The local billing sandbox previews invoices of living subscriptions only.", "subscription");
  }
  const before = subscriptionNamed(account, params.subscription, "subscription");
  if (params.customer !== undefined && params.customer !== before.customer) {
    throw invalid("The subscription is not this customer's.", "customer");
  }
  if (hasEnded(before) || before.cancel_at_period_end) {
    throw new ApiError(404, "No upcoming invoices for this subscription.", { code: "invoice_upcoming_none" });
  }
  const moment = momentOf(account, before, details.proration_date);
  const after = details.items === undefined ? before : withItems(account, before, details.items, moment);
  const { lines, isNow } = changeToBill(account, { before, after, moment }, details.proration_behavior);
  const waiting = waitingLines(account, before.id).map(({ line }) => line);
  const next =
    details.items !== undefined && isNow ? [] : nextPeriod(after).map((each) => fullLine(account, ...each, false));
  const drafts = [...waiting, ...lines, ...next];
  const invoice = draftInvoice(account, { subscription: after, drafts, reason: "upcoming", finalizesAt: null });
  return { ...invoice, id: `upcoming_${invoice.id}` };
}

type Item = Parameters<typeof fullLine>[1];
type Period = Parameters<typeof fullLine>[2];

function nextPeriod({ billing_cycle_anchor: anchor, items }: Kinds["subscription"]): [Item, Period][] {
  const recurrence = recurrenceOf(items.data);
  return items.data.map((item) => [item, periodAt(anchor, recurrence, item.current_period_end)]);
}

export const INVOICE_PREVIEWS = [route("POST /v1/invoices/create_preview", preview)];
