import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { remainingCents } from "../engine/proration";
import { amountFor } from "./invoice-lines";
import { fullLines, type Item } from "./subscription-items";
import { isMetered, usageLine } from "./usage-lines";

type Subscription = Kinds["subscription"];

export interface Change {
  before: Subscription;
  /** With its new items, and its new period when how often it bills has changed. */
  after: Subscription;
  moment: number;
}

/** Lines that settle a change: what was paid and not used comes back, what is left to use is charged. */
export function prorationLines(account: Account, { before, after, moment }: Change): LineDraft[] {
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
  // At the very end of a period there is nothing to give back, and the renewal charges the rest.
  const isLeft = (item: Item) => moment < item.current_period_end;
  return [
    ...credits.filter(isMetered).map((item) => {
      const used = { start: item.current_period_start, end: moment };
      return usageLine(account, item, idIn(before.customer), used);
    }),
    ...unmetered(credits.filter(isLeft)).map((item) => proratedLine(account, item, moment, -1)),
    ...unmetered(charges.filter(isLeft)).flatMap((item) => {
      const period = { start: item.current_period_start, end: item.current_period_end };
      return isMoved ? fullLines(account, [item], period) : [proratedLine(account, item, moment, 1)];
    }),
  ];
}

/** The items that are paid ahead. */
export function unmetered(items: readonly Item[]): Item[] {
  return items.filter((item) => !isMetered(item));
}

/** What is left of an item's period after a moment, to be given back or charged. */
export function proratedLine(account: Account, item: Item, moment: number, sign: 1 | -1): LineDraft {
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
