import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { redeemFor } from "./discounts";
import { settleEnd } from "./final-invoice";
import { holdOrApply } from "./held-update";
import { expirePending } from "./pending-updates";
import { followItems } from "./schedule-links";
import { applyChange, momentOf, withItems } from "./subscription-change";
import { endSubscription, hasEnded } from "./subscription-end";
import { startSubscription, type StartParams } from "./subscription-start";

type Subscription = Kinds["subscription"];

/** The subscription behind an id; `param` says where the id was named. */
export function subscriptionNamed({ store }: Account, id: string, param = "id"): Subscription {
  const subscription = store.get("subscription", id);
  if (subscription === undefined) throw missing("subscription", id, param);
  return subscription;
}

const BUILT = [
  ...[
    "cancel_at",
    "cancel_at_period_end",
    "cancellation_details",
    "default_payment_method",
    "description",
    "discounts",
  ],
  ...[
    "items",
    "metadata",
    "off_session",
    "pause_collection",
    "payment_behavior",
    "proration_behavior",
    "proration_date",
  ],
];

/** Changes a subscription as a request says, whichever operation it came by. */
export function updateSubscription(
  account: Account,
  id: string,
  params: Stripe.SubscriptionUpdateParams,
): Subscription {
  refuseUnbuilt(params, BUILT);
  if (params.payment_behavior === "default_incomplete") {
    throw invalid("The local billing sandbox does not implement default_incomplete here yet.", "payment_behavior");
  }
  const found = subscriptionNamed(account, id);
  // Assumed: another change of items takes the place of one that waits.
  const isReplaced = found.pending_update !== null && params.items !== undefined;
  const before = isReplaced ? expirePending(account, found) : found;
  if (hasEnded(before)) return updateEnded(account, before, params);
  refuseFixed(before, params);
  const moment = momentOf(account, before, params.proration_date);
  const changed = params.items === undefined ? before : withItems(account, before, params.items, moment);
  const after = { ...changed, ...fieldsOf(account, params, changed) };
  if (params.items === undefined) return account.change("subscription", before, after, "customer.subscription.updated");
  const isHeld = params.payment_behavior === "pending_if_incomplete";
  const applied = (isHeld ? holdOrApply : applyChange)(account, { before, after, moment }, params);
  followItems(account, applied);
  return applied;
}

/** Documented: an incomplete one takes metadata and a source, which is not built. Assumed: a schedule alone says when one ends. */
function refuseFixed(before: Subscription, params: Stripe.SubscriptionUpdateParams): void {
  const fixed = Object.keys(params).find((name) => name !== "metadata" && name !== "expand");
  if (before.status === "incomplete" && fixed !== undefined) {
    throw invalid("An incomplete subscription can only have its metadata updated.", fixed);
  }
  const cancelling = Object.keys(params).find((name) => name === "cancel_at" || name === "cancel_at_period_end");
  if (before.schedule !== null && cancelling !== undefined) {
    const message = `The subscription is managed by the subscription schedule \`${idIn(before.schedule)}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`;
    throw invalid(message, cancelling);
  }
}

/** Documented: of an ended subscription only these two can be changed. */
function updateEnded(account: Account, before: Subscription, params: Stripe.SubscriptionUpdateParams): Subscription {
  const other = Object.keys(params).find((name) => !["cancellation_details", "expand", "metadata"].includes(name));
  if (other !== undefined) {
    const message = "A canceled subscription can only update its cancellation_details and metadata.";
    throw invalid(message, other, "invalid_canceled_subscription_fields");
  }
  return account.change("subscription", before, fieldsOf(account, params, before), "customer.subscription.updated");
}

function fieldsOf(
  account: Account,
  params: Stripe.SubscriptionUpdateParams,
  before: Subscription,
): Partial<Subscription> {
  const fields: Partial<Subscription> = cancelFields(account, params, before);
  if (params.metadata !== undefined) fields.metadata = mergedMetadata(params.metadata, before.metadata);
  if (params.description !== undefined) fields.description = params.description || null;
  const method = params.default_payment_method;
  if (method !== undefined) {
    if (account.store.get("payment_method", method)?.customer !== before.customer) {
      throw missing("PaymentMethod", method, "default_payment_method");
    }
    fields.default_payment_method = method;
  }
  if (params.pause_collection !== undefined) fields.pause_collection = pauseOf(account, params.pause_collection);
  if (params.discounts !== undefined) {
    fields.discounts = redeemFor(account, params.discounts || [], before);
  }
  const { comment, feedback } = params.cancellation_details ?? {};
  if (params.cancellation_details !== undefined) {
    const was = fields.cancellation_details ?? before.cancellation_details;
    const words = {
      comment: comment === undefined ? (was?.comment ?? null) : comment || null,
      reason: was?.reason ?? null,
    };
    const told = feedback === undefined ? (was?.feedback ?? null) : feedback || null;
    fields.cancellation_details = { feedback_option: null, ...words, feedback: told };
  }
  return fields;
}

/** Documented: it goes on, and what becomes of its invoices is said here; `resumes_at` ends the pause by itself. */
function pauseOf(
  { clock }: Account,
  asked: Stripe.SubscriptionUpdateParams["pause_collection"],
): Subscription["pause_collection"] {
  if (asked === undefined || asked === null || asked === "") return null;
  const { behavior, resumes_at: end = null } = asked;
  if (end !== null && end <= clock.now()) {
    throw invalid("resumes_at must be in the future.", "pause_collection[resumes_at]");
  }
  return { behavior, resumes_at: end };
}

/** Documented: a subscription that is to end says when, and when that was last asked for; to take it back clears both. */
function cancelFields(
  account: Account,
  params: Stripe.SubscriptionUpdateParams,
  before: Subscription,
): Partial<Subscription> {
  const { cancel_at: at, cancel_at_period_end: atEnd } = params;
  if (at !== undefined && atEnd === true) {
    throw invalid("You may only specify one of these parameters: cancel_at, cancel_at_period_end.", "cancel_at");
  }
  if (at === undefined && atEnd === undefined) return {};
  const details = { comment: null, feedback: null, feedback_option: null, ...before.cancellation_details };
  const now = account.clock.now();
  if (atEnd === true || typeof at === "number") {
    const end = typeof at === "number" ? at : (before.items.data[0]?.current_period_end ?? now);
    if (end <= now) throw invalid("cancel_at must be in the future.", "cancel_at");
    return {
      ...{ cancel_at: end, cancel_at_period_end: atEnd === true, canceled_at: now },
      cancellation_details: { ...details, reason: "cancellation_requested" },
    };
  }
  if (at !== undefined && at !== "" && at !== null) {
    throw invalid("The local billing sandbox takes cancel_at as a time only.", "cancel_at");
  }
  const cleared = { cancel_at: null, cancel_at_period_end: false, canceled_at: null };
  return { ...cleared, cancellation_details: { ...details, reason: null } };
}

function cancel(call: Call<Stripe.SubscriptionCancelParams>): Subscription {
  const { account, params } = call;
  refuseUnbuilt(params, ["cancellation_details", "invoice_now", "prorate"]);
  const before = subscriptionNamed(account, idOf(call));
  if (hasEnded(before)) throw missing("subscription", before.id);
  const { comment = null, feedback = null } = params.cancellation_details ?? {};
  const told = { comment: comment || null, feedback: feedback || null, feedback_option: null, reason: null };
  const settled = settleEnd(account, { ...before, cancellation_details: told }, params);
  const keepsProrations = params.invoice_now === true || params.prorate === true;
  return endSubscription(account, settled, "cancellation_requested", { keepsProrations });
}

/** Assumed: all that it has are removed, and the first is told. */
function removeDiscounts(call: Call<unknown>): object {
  const { account } = call;
  const before = subscriptionNamed(account, idOf(call));
  const discounts = before.discounts.flatMap((id) => account.store.get("discount", idIn(id)) ?? []);
  const [first] = discounts;
  if (first === undefined) throw new ApiError(404, "No active discount for this subscription.");
  for (const discount of discounts) account.emit("customer.discount.deleted", discount);
  account.change("subscription", before, { discounts: [] }, "customer.subscription.updated");
  const { end: _, ...kept } = first;
  return { ...kept, deleted: true };
}

const FILTERS = [
  "collection_method",
  "created",
  "customer",
  "price",
  "status",
  "limit",
  "starting_after",
  "ending_before",
];

/** Documented: canceled ones are left out unless a status is asked for; `all` and `ended` are such too. */
function list({ account, params, url }: Call<Stripe.SubscriptionListParams>): object {
  refuseUnbuilt(params, FILTERS);
  const { collection_method: collection, created, customer, price, status } = params;
  const isWanted = (subscription: Subscription) => {
    if (status === "all") return true;
    if (status === "ended") return hasEnded(subscription);
    return status === undefined ? subscription.status !== "canceled" : subscription.status === status;
  };
  const rows = account.store.all("subscription").filter((subscription) => {
    const isOf = customer === undefined || subscription.customer === customer;
    const isAt = price === undefined || subscription.items.data.some((item) => item.price.id === price);
    const isSuch = (collection ?? subscription.collection_method) === subscription.collection_method;
    return isWanted(subscription) && isOf && isAt && isSuch && isWithin(subscription.created, created);
  });
  return pageOf(rows, params, url, "subscription");
}

/** What a customer has and has not ended, which it shows only when asked. */
export function subscriptionsOf({ store }: Account, customer: string): object {
  const data = store.all("subscription").filter((each) => each.customer === customer && !hasEnded(each));
  return { object: "list", data, has_more: false, url: `/v1/customers/${customer}/subscriptions` };
}

export const SUBSCRIPTIONS = [
  route("POST /v1/subscriptions", ({ account, params }: Call<StartParams>) => startSubscription(account, params)),
  route("GET /v1/subscriptions", list),
  route("GET /v1/subscriptions/{id}", (call) => subscriptionNamed(call.account, idOf(call))),
  route("POST /v1/subscriptions/{id}", (call: Call<Stripe.SubscriptionUpdateParams>) =>
    updateSubscription(call.account, idOf(call), call.params),
  ),
  route("DELETE /v1/subscriptions/{id}", cancel),
  route("DELETE /v1/subscriptions/{id}/discount", removeDiscounts),
];
