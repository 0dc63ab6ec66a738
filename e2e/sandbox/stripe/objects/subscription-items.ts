import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { ITEMS_MAX } from "../engine/first-payment";
import type { Recurrence } from "../engine/periods";
import { roundedCents } from "../engine/decimals";
import { refuseUnbuilt } from "../http/built";
import { invalid } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { amountFor } from "./invoice-lines";
import { priceNamed } from "./prices";
import { isMetered } from "./usage-lines";

export type Item = Kinds["subscription"]["items"]["data"][number];
export interface Period {
  start: number;
  end: number;
}

interface Asked {
  price?: string;
  quantity?: number;
  metadata?: Parameters<typeof mergedMetadata>[0];
}

/** A new item of a subscription; refuses prices that cannot recur here. */
export function makeItem(
  account: Account,
  asked: Asked,
  subscription: string,
  period: Period,
  param: string,
  rules: PriceRules = {},
): Item {
  refuseUnbuilt(asked, ["id", "price", "quantity", "metadata", "deleted"]);
  const price = recurringPrice(account, asked.price, `${param}[price]`, { ...rules, mayBeMetered: true });
  return {
    ...{ id: newId("si", 14), object: "subscription_item", billing_thresholds: null, created: account.clock.now() },
    ...{ current_period_end: period.end, current_period_start: period.start, current_trial: null, discounts: [] },
    ...{ metadata: mergedMetadata(asked.metadata), plan: planOf(price), price },
    ...{ ...quantityAt(price, asked.quantity, 1, `${param}[quantity]`), subscription, tax_rates: [] },
  };
}

export interface PriceRules {
  /** A price that was chosen before it was archived still bills. */
  mayBeInactive?: boolean;
  /** Where usage is billed afterwards. */
  mayBeMetered?: boolean;
}

/** A living price by which a subscription can bill. */
export function recurringPrice(
  account: Account,
  id: string | undefined,
  param: string,
  { mayBeInactive = false, mayBeMetered = false }: PriceRules = {},
): Kinds["price"] {
  if (id === undefined) throw invalid(`Missing required param: ${param}.`, param, "parameter_missing");
  const price = priceNamed(account, id, param);
  if (!price.active && !mayBeInactive) throw invalid("The price specified is inactive.", param);
  if (price.recurring === null)
    throw invalid("The price specified is set to type=one_time but this field only accepts recurring.", param);
  if (price.recurring.usage_type === "metered" && !mayBeMetered) {
    throw invalid("The local billing sandbox does not implement metered prices here yet.", param);
  }
  return price;
}

function quantityOf(given: number, param: string): number {
  if (Number.isInteger(given) && given >= 0 && given < 1_000_000) return given;
  throw invalid(`Invalid non-negative integer: ${given}`, param, "parameter_invalid_integer");
}

/** The quantity of an item at a price; a metered one has none, and takes none. */
export function quantityAt(
  price: Kinds["price"],
  asked: number | undefined,
  unasked: number,
  param: string,
): { quantity?: number } {
  if (!isMetered({ price })) return { quantity: quantityOf(asked ?? unasked, param) };
  if (asked !== undefined) throw invalid("A metered price takes no quantity: usage is reported to its meter.", param);
  return {};
}

/** The shape that prices had before, which items still show beside the price. */
export function planOf(price: Kinds["price"]): Item["plan"] {
  const { recurring } = price;
  if (recurring === null) throw new Error(`${price.id} does not recur`);
  return {
    ...{
      id: price.id,
      object: "plan",
      active: price.active,
      amount: price.unit_amount,
      amount_decimal: price.unit_amount_decimal,
    },
    ...{ billing_scheme: price.billing_scheme, created: price.created, currency: price.currency, livemode: false },
    ...{ interval: recurring.interval, interval_count: recurring.interval_count, metadata: price.metadata },
    ...{ meter: recurring.meter, nickname: price.nickname, product: price.product, tiers_mode: price.tiers_mode },
    ...{ transform_usage: null, trial_period_days: recurring.trial_period_days, usage_type: recurring.usage_type },
  };
}

/** How often items bill; refuses too many of them, and such as do not go together. */
export function recurrenceOf(items: readonly Pick<Item, "price">[]): Recurrence & { currency: string } {
  const [first] = items;
  if (first === undefined) throw invalid("A subscription needs at least one item.", "items", "parameter_missing");
  if (items.length > ITEMS_MAX) throw invalid(`A subscription has at most ${ITEMS_MAX} items.`, "items");
  const termsOf = ({ price: { currency, recurring } }: Pick<Item, "price">) => ({
    ...{ currency, interval: recurring?.interval, count: recurring?.interval_count },
  });
  const terms = termsOf(first);
  if (items.some((item) => JSON.stringify(termsOf(item)) !== JSON.stringify(terms))) {
    throw invalid("The local billing sandbox bills all items of a subscription in one currency and interval.", "items");
  }
  if (new Set(items.map(({ price }) => price.id)).size < items.length) {
    throw invalid("Prices of a subscription must differ; use quantity for more of one.", "items");
  }
  const { interval } = terms as { interval?: string };
  if (interval !== "day" && interval !== "week" && interval !== "month" && interval !== "year") {
    throw new Error(`unexpected interval ${String(interval)}`);
  }
  return { interval, count: terms.count ?? 1, currency: terms.currency };
}

/** What items cost for a whole period ahead: metered ones are billed when it is over. */
export function fullLines(account: Account, items: readonly Item[], period: Period, isTrial = false): LineDraft[] {
  return items.filter((item) => !isMetered(item)).map((item) => fullLine(account, item, period, isTrial));
}

/** What an item costs for a whole period. */
function fullLine(account: Account, item: Item, period: Period, isTrial: boolean): LineDraft {
  const { quantity = 1, price } = item;
  const name = account.store.get("product", idIn(price.product))?.name ?? "Unknown";
  return {
    ...{ itemId: item.id, price, quantity, period, isProration: false },
    cents: isTrial ? 0 : roundedCents(amountFor(account, price, quantity)),
    description: isTrial ? `Trial period for ${name}` : `${quantity} × ${name}`,
  };
}
