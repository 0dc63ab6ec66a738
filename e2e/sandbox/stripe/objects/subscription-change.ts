import type Stripe from "stripe";
import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { DRAFT_SECONDS } from "../engine/first-payment";
import { periodBoundary } from "../engine/periods";
import { invalid } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { finalizeInvoice, makeInvoice } from "./invoice-drafts";
import { amountFor } from "./invoice-lines";
import { needsAction } from "./invoices";
import { chargeOutcome, declineOf, paymentMethodNamed } from "./payment-methods";
import { collect, methodFor } from "./payments";
import { keepLine } from "./pending-lines";
import { type Change, prorationLines } from "./proration-lines";
import { countFrom, isMetered } from "./usage-lines";
import {
  type Item,
  makeItem,
  type Period,
  planOf,
  type PriceRules,
  quantityAt,
  recurrenceOf,
  recurringPrice,
} from "./subscription-items";

type Subscription = Kinds["subscription"];
type AskedItems = NonNullable<Stripe.SubscriptionUpdateParams["items"]>;

/** The items of a subscription after a request to change some of them: the others stay. */
function changedItems(
  account: Account,
  { id, items }: Subscription,
  asked: AskedItems,
  period: Period,
  rules: PriceRules,
): Item[] {
  const after = new Map(items.data.map((item) => [item.id, item]));
  asked.forEach((each, index) => {
    const param = `items[${index}]`;
    if (each.id === undefined) {
      const made = makeItem(account, each, id, period, param, rules);
      after.set(made.id, made);
      return;
    }
    const before = after.get(each.id);
    if (before === undefined)
      throw invalid(`No such subscription item: '${each.id}'`, `${param}[id]`, "resource_missing");
    if (each.deleted === true) after.delete(each.id);
    else after.set(each.id, changedItem(account, before, each, param, rules));
  });
  return [...after.values()];
}

function changedItem(
  account: Account,
  before: Item,
  asked: AskedItems[number],
  param: string,
  rules: PriceRules,
): Item {
  const isSame = asked.price === undefined || asked.price === before.price.id;
  const billed = { ...rules, mayBeMetered: true };
  const price = isSame ? before.price : recurringPrice(account, asked.price, `${param}[price]`, billed);
  // Assumed: a new price without a quantity is for one.
  const kept = isSame ? (before.quantity ?? 1) : 1;
  const { quantity: _, ...rest } = before;
  const quantity = quantityAt(price, asked.quantity, kept, `${param}[quantity]`);
  return {
    ...rest,
    price,
    plan: planOf(price),
    ...quantity,
    metadata: mergedMetadata(asked.metadata, before.metadata),
  };
}

/** The subscription with other items. Documented: another interval, or the step from free to paid, starts a new period now. */
export function withItems(
  account: Account,
  before: Subscription,
  asked: AskedItems,
  moment: number,
  rules: PriceRules = {},
): Subscription {
  const [first] = before.items.data;
  const period = { start: first?.current_period_start ?? moment, end: first?.current_period_end ?? moment };
  const data = changedItems(account, before, asked, period, rules);
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
  return items.every((item) => !isMetered(item) && amountFor(account, item.price, item.quantity ?? 1) === 0n);
}

type Proration = Stripe.SubscriptionUpdateParams["proration_behavior"];

/** What a change brings to bill, and whether at once or with the next invoice. */
export function changeToBill(account: Account, change: Change, proration: Proration = "create_prorations") {
  const all = prorationLines(account, change);
  // Documented: a new period is charged whatever becomes of prorations.
  const lines = proration === "none" ? all.filter(({ isProration }) => !isProration) : all;
  const isMoved = change.before.billing_cycle_anchor !== change.after.billing_cycle_anchor;
  return { lines, isNow: proration === "always_invoice" || isMoved };
}

/** How a change is billed. */
export interface Billing {
  proration_behavior?: Proration;
  payment_behavior?: Stripe.SubscriptionUpdateParams["payment_behavior"];
  /** Brought by time: its invoice is a draft first, like a renewal's. */
  isByTime?: boolean;
}

/** Keeps a changed subscription, bills the change, and tells of it. */
export function applyChange(account: Account, change: Change, billing: Billing): Subscription {
  account.store.put("subscription", change.after);
  billChange(account, change, billing);
  const isNew = (item: Item) =>
    !change.before.items.data.some(({ id, price }) => id === item.id && price.id === item.price.id);
  countFrom(account, change.after.items.data.filter(isNew), change.moment);
  const now = account.store.get("subscription", change.after.id) ?? change.after;
  // Told from what it was before, whatever was kept of it in between.
  return account.change("subscription", change.before, now, "customer.subscription.updated");
}

/** Charges lines now, or keeps them for the next invoice, as the request says. */
function billChange(account: Account, change: Change, billing: Billing): void {
  const { lines, isNow } = changeToBill(account, change, billing.proration_behavior);
  if (isNow) {
    if (lines.length > 0) billNow(account, change.after, lines, billing);
    return;
  }
  const { id: subscription, currency } = change.after;
  const customer = idIn(change.after.customer);
  for (const line of lines) keepLine(account, { customer, subscription, currency, line });
}

/** Bills lines of a subscription, and what waits for it, at once. */
export function billNow(
  account: Account,
  subscription: Subscription,
  drafts: readonly LineDraft[],
  { payment_behavior: payment = "allow_incomplete", isByTime = false }: Billing,
): void {
  const finalizesAt = isByTime ? account.clock.now() + DRAFT_SECONDS : null;
  const draft = makeInvoice(account, { subscription, drafts, reason: "subscription_update", finalizesAt });
  const latest = { ...subscription, latest_invoice: draft.id };
  account.store.put("subscription", latest);
  if (isByTime) return;
  const invoice = finalizeInvoice(account, draft);
  const method = methodFor(account, latest);
  if (invoice.status !== "open" || latest.collection_method === "send_invoice") return;
  if (payment === "error_if_incomplete" && method !== null) {
    const outcome = chargeOutcome(account, paymentMethodNamed(account, method));
    if (outcome.kind !== "succeeds") throw declineOf(outcome) ?? needsAction();
  }
  collect(account, invoice, method);
}

/** The moment that a change is reckoned from. */
export function momentOf({ clock }: Account, { items }: Subscription, asked: number | undefined): number {
  const [item] = items.data;
  if (asked === undefined || item === undefined) return clock.now();
  if (asked >= item.current_period_start && asked <= item.current_period_end) return asked;
  throw invalid("proration_date must lie in the current period.", "proration_date");
}
