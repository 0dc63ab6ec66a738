import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { periodBoundary } from "../engine/periods";
import { remainingCents } from "../engine/proration";
import { invalid } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { finalizeInvoice, makeInvoice } from "./invoice-drafts";
import { amountFor } from "./invoice-lines";
import { needsAction } from "./invoices";
import { chargeOutcome, declineOf, paymentMethodNamed } from "./payment-methods";
import { collect, methodFor } from "./payments";
import { keepLine } from "./pending-lines";
import {
  fullLine,
  type Item,
  makeItem,
  type Period,
  planOf,
  quantityOf,
  recurrenceOf,
  recurringPrice,
} from "./subscription-items";

type Subscription = Kinds["subscription"];
type AskedItems = NonNullable<Stripe.SubscriptionUpdateParams["items"]>;

/** The items of a subscription after a request to change some of them: the others stay. */
function changedItems(account: Account, { id, items }: Subscription, asked: AskedItems, period: Period): Item[] {
  const after = new Map(items.data.map((item) => [item.id, item]));
  asked.forEach((each, index) => {
    const param = `items[${index}]`;
    if (each.id === undefined) {
      const made = makeItem(account, each, id, period, param);
      after.set(made.id, made);
      return;
    }
    const before = after.get(each.id);
    if (before === undefined)
      throw invalid(`No such subscription item: '${each.id}'`, `${param}[id]`, "resource_missing");
    if (each.deleted === true) after.delete(each.id);
    else after.set(each.id, changedItem(account, before, each, param));
  });
  return [...after.values()];
}

function changedItem(account: Account, before: Item, asked: AskedItems[number], param: string): Item {
  const price = asked.price === undefined ? before.price : recurringPrice(account, asked.price, `${param}[price]`);
  // Assumed: a new price without a quantity is for one.
  const kept = asked.price === undefined ? (before.quantity ?? 1) : 1;
  const quantity = asked.quantity === undefined ? kept : quantityOf(asked.quantity, `${param}[quantity]`);
  return { ...before, price, plan: planOf(price), quantity, metadata: mergedMetadata(asked.metadata, before.metadata) };
}

interface Change {
  before: Subscription;
  /** With its new items, and its new period when how often it bills has changed. */
  after: Subscription;
  moment: number;
}

/** Lines that settle a change: what was paid and not used comes back, what is left to use is charged. */
function prorationLines(account: Account, { before, after, moment }: Change): LineDraft[] {
  if (before.status === "trialing") return [];
  const isMoved = before.billing_cycle_anchor !== after.billing_cycle_anchor;
  const changed = (item: Item, others: readonly Item[]) => {
    const same = others.find(({ id }) => id === item.id);
    return (
      same?.price.id !== item.price.id ||
      same.quantity !== item.quantity ||
      same.current_period_end !== item.current_period_end
    );
  };
  const credits = before.items.data.filter((item) => changed(item, after.items.data));
  const charges = after.items.data.filter((item) => changed(item, before.items.data));
  return [
    ...credits.map((item) => proratedLine(account, item, moment, -1)),
    ...charges.map((item) => {
      const period = { start: item.current_period_start, end: item.current_period_end };
      return isMoved ? fullLine(account, item, period, false) : proratedLine(account, item, moment, 1);
    }),
  ];
}

function proratedLine(account: Account, item: Item, moment: number, sign: 1 | -1): LineDraft {
  const { quantity = 1, price } = item;
  const whole = { start: item.current_period_start, end: item.current_period_end };
  const cents = remainingCents({ amount: amountFor(account, price, quantity), period: whole }, moment);
  const name = account.store.get("product", idIn(price.product))?.name ?? "Unknown";
  const since = new Date(moment * 1000).toISOString().slice(0, 10);
  return {
    ...{ itemId: item.id, price, quantity, isProration: true, period: { start: moment, end: whole.end } },
    cents: cents === 0 ? 0 : sign * cents,
    description: `${sign === 1 ? "Remaining" : "Unused"} time on ${quantity} × ${name} after ${since}`,
  };
}

/** The subscription with other items. Documented: another interval, or the step from free to paid, starts a new period now. */
export function withItems(account: Account, before: Subscription, asked: AskedItems, moment: number): Subscription {
  const [first] = before.items.data;
  const period = { start: first?.current_period_start ?? moment, end: first?.current_period_end ?? moment };
  const data = changedItems(account, before, asked, period);
  const { currency, ...recurrence } = recurrenceOf(data);
  if (currency !== before.currency) throw invalid("A subscription keeps its currency.", "items");
  const was = recurrenceOf(before.items.data);
  const isOther = was.interval !== recurrence.interval || was.count !== recurrence.count;
  const isMoved = isOther || (isFree(account, before.items.data) && !isFree(account, data));
  if (!isMoved || before.status === "trialing") return { ...before, items: { ...before.items, data } };
  const end = periodBoundary(moment, recurrence, 1);
  const moved = data.map((item) => ({ ...item, current_period_start: moment, current_period_end: end }));
  return { ...before, billing_cycle_anchor: moment, items: { ...before.items, data: moved } };
}

function isFree(account: Account, items: readonly Item[]): boolean {
  return items.every(({ price, quantity = 1 }) => amountFor(account, price, quantity) === 0n);
}

type Proration = Stripe.SubscriptionUpdateParams["proration_behavior"];

/** What a change brings to bill, and whether at once or with the next invoice. */
export function changeToBill(account: Account, change: Change, proration: Proration = "create_prorations") {
  const all = prorationLines(account, change);
  // Assumed: a new period is charged whatever becomes of prorations.
  const lines = proration === "none" ? all.filter(({ isProration }) => !isProration) : all;
  const isMoved = change.before.billing_cycle_anchor !== change.after.billing_cycle_anchor;
  return { lines, isNow: proration === "always_invoice" || isMoved };
}

/** Charges lines now, or keeps them for the next invoice, as the request says. */
export function billChange(account: Account, change: Change, params: Stripe.SubscriptionUpdateParams): void {
  const { payment_behavior: payment = "allow_incomplete" } = params;
  const { lines, isNow } = changeToBill(account, change, params.proration_behavior);
  if (!isNow) {
    const { id: subscription, currency } = change.after;
    const customer = idIn(change.after.customer);
    for (const line of lines) keepLine(account, { customer, subscription, currency, line });
    return;
  }
  if (lines.length === 0) return;
  const making = {
    subscription: change.after,
    drafts: lines,
    reason: "subscription_update" as const,
    finalizesAt: null,
  };
  const draft = makeInvoice(account, making);
  const latest = { ...change.after, latest_invoice: draft.id };
  account.store.put("subscription", latest);
  const invoice = finalizeInvoice(account, draft);
  const method = methodFor(account, latest);
  if (invoice.status !== "open" || latest.collection_method === "send_invoice") return;
  if (payment === "error_if_incomplete" && method !== null) {
    const outcome = chargeOutcome(paymentMethodNamed(account, method));
    if (outcome.kind !== "succeeds") throw declineOf(outcome) ?? needsAction();
  }
  collect(account, invoice, method);
}
