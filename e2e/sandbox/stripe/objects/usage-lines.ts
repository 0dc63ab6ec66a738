import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds, LineDraft } from "../account/wire";
import { roundedCents } from "../engine/decimals";
import { aggregated, billedUnits } from "../engine/usage";
import { amountFor } from "./invoice-lines";

type Item = Kinds["subscription"]["items"]["data"][number];
type Meter = Kinds["billing.meter"];

/** Whether an item is billed by what was used. */
export function isMetered({ price }: Pick<Item, "price">): boolean {
  return price.recurring?.usage_type === "metered";
}

/** What a customer used of a meter from one moment up to but without another. */
export function usedBetween({ store }: Account, meter: Meter, customer: string, start: number, end: number) {
  const reports = store
    .all("meter_event")
    .filter((each) => each.meter === meter.id && each.customer === customer && !each.isCancelled)
    .filter(({ timestamp }) => timestamp >= start && timestamp < end)
    .reverse();
  return { amount: aggregated(meter.default_aggregation.formula, reports), count: reports.length };
}

/** A line for what was used of a metered item in a time. Assumed: usage from before the item had its price is not billed. */
export function usageLine(
  account: Account,
  item: Item,
  customer: string,
  period: { start: number; end: number },
): LineDraft {
  const from = account.store.get("usage_start", item.id)?.from ?? 0;
  const usage = { customer, start: Math.max(period.start, from), end: period.end };
  return usageOf(account, {
    ...{ itemId: item.id, price: item.price, quantity: 0, cents: 0, description: null, period },
    ...{ isProration: false, usage },
  });
}

/** A line of usage as it is reckoned by now; other lines stay. Documented: usage is still taken while its invoice is a draft. */
export function usageOf(account: Account, draft: LineDraft): LineDraft {
  const { price, usage } = draft;
  const meter = account.store.get("billing.meter", price?.recurring?.meter ?? "");
  if (price === null || usage === undefined || meter === undefined) return draft;
  const quantity = billedUnits(usedBetween(account, meter, usage.customer, usage.start, usage.end).amount);
  const name = account.store.get("product", idIn(price.product))?.name ?? "Unknown";
  const cents = roundedCents(amountFor(account, price, quantity));
  return { ...draft, quantity, cents, description: `${quantity} × ${name}` };
}

/** Lines for what was used of a subscription's metered items in their periods, up to a moment. */
export function usageLines(account: Account, { customer, items }: Kinds["subscription"], end: number): LineDraft[] {
  return items.data
    .filter(isMetered)
    .map((item) => usageLine(account, item, idIn(customer), { start: item.current_period_start, end }));
}

/** From now on an item's price counts usage: what was used before is billed already. */
export function countFrom({ store }: Account, items: readonly Item[], from: number): void {
  for (const { id } of items.filter(isMetered)) store.put("usage_start", { id, object: "usage_start", from });
}
