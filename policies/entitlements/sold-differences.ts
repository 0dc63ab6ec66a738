import type { Tier } from "./schema";
import { type Desired, type DesiredPrice, METER_KEYS } from "./sold-objects";

/** What stands at the seller under our names, as far as it is compared. */
export interface Actual {
  products: ReadonlyMap<string, { name: string; isActive: boolean }>;
  meters: ReadonlyMap<string, ActualMeter>;
  prices: ReadonlyMap<string, ActualPrice>;
  /** Our own configuration of the customer portal, by its mark; null where there is none. */
  portal: { id: string; isActive: boolean; isAsDesired: boolean } | null;
}

export interface ActualMeter {
  id: string;
  isActive: boolean;
  aggregation: string;
  /** Where its events name the customer, and the value. */
  customerKey: string;
  valueKey: string;
}

export interface ActualPrice {
  id: string;
  isActive: boolean;
  product: string;
  currency: string;
  interval: string;
  /** `conductor_price` of its metadata. */
  madeAs: string | undefined;
  charge: { cents: number | null } | { meter: string; tiers: readonly Tier[] };
}

export interface Difference {
  kind: "meter" | "portal" | "price" | "product";
  object: string;
  /** What `apply` does about it; `refuse` for what the seller does not let anybody change. */
  remedy: "create" | "refuse" | "update";
  detail: string;
}

/** Decimals are written with as many zeros as one likes: `1` is `1.00`. */
const plain = (decimal: string) => (decimal.includes(".") ? decimal.replace(/0+$/, "").replace(/\.$/, "") : decimal);
const tiersText = (tiers: readonly Tier[]) =>
  tiers.map(({ upToWu, centsPerWu }) => `${upToWu ?? "inf"}:${plain(centsPerWu)}`).join(" ");

const chargeText = (charge: ActualPrice["charge"] | DesiredPrice["charge"]) =>
  "cents" in charge ? `${charge.cents ?? "no"} cents` : `${charge.meter} ${tiersText(charge.tiers)}`;

function priceFault(actual: ActualPrice, desired: DesiredPrice): string | null {
  const pairs: [string, string | undefined, string][] = [
    ["charges", chargeText(actual.charge), chargeText(desired.charge)],
    ["belongs to", actual.product, desired.product],
    ["is in", actual.currency, desired.currency],
    ["is by", actual.interval, "month"],
    ["was made as", actual.madeAs, desired.lookupKey],
  ];
  const wrong = pairs.find(([, is, should]) => is !== should);
  return wrong === undefined ? null : `${wrong[0]} ${wrong[1] ?? "nothing"}, not ${wrong[2]}`;
}

/** A meter never changes what it counts, and by which fields of its events. */
function meterFault({ aggregation, customerKey, valueKey }: ActualMeter): string | null {
  if (aggregation !== "sum") return `counts the ${aggregation}`;
  const isRead = customerKey === METER_KEYS.customer && valueKey === METER_KEYS.value;
  return isRead ? null : `reads ${customerKey} and ${valueKey}`;
}

function* differencesIn(desired: Desired, actual: Actual): Generator<Difference> {
  for (const { id, name } of desired.products) {
    const there = actual.products.get(id);
    const product = { kind: "product", object: id } as const;
    if (there === undefined) yield { ...product, remedy: "create", detail: `is missing: ${name}` };
    else if (there.name !== name)
      yield { ...product, remedy: "update", detail: `is called ${there.name}, not ${name}` };
    else if (!there.isActive) yield { ...product, remedy: "update", detail: "is archived" };
  }
  for (const { eventName, displayName } of desired.meters) {
    const there = actual.meters.get(eventName);
    const meter = { kind: "meter", object: eventName } as const;
    if (there === undefined) yield { ...meter, remedy: "create", detail: `is missing: ${displayName}` };
    else if (!there.isActive) yield { ...meter, remedy: "update", detail: "is switched off" };
    else {
      const fault = meterFault(there);
      if (fault !== null) yield { ...meter, remedy: "refuse", detail: fault };
    }
  }
  for (const price of desired.prices) {
    const there = actual.prices.get(price.lookupKey);
    const named = { kind: "price", object: price.lookupKey } as const;
    const fault = there === undefined ? null : priceFault(there, price);
    if (there === undefined) yield { ...named, remedy: "create", detail: `is missing: ${chargeText(price.charge)}` };
    // A price is what people have bought: another amount is a new version of the catalogue.
    else if (fault !== null) yield { ...named, remedy: "refuse", detail: fault };
    else if (!there.isActive) yield { ...named, remedy: "update", detail: "is archived" };
  }
  const portal = { kind: "portal", object: "customer portal" } as const;
  if (actual.portal === null) yield { ...portal, remedy: "create", detail: "is missing" };
  else if (!actual.portal.isActive || !actual.portal.isAsDesired)
    yield { ...portal, remedy: "update", detail: actual.portal.isActive ? "allows something else" : "is switched off" };
}

/** What differs at the seller from what a catalogue sells, in the order in which it is put right. */
export const differencesOf = (desired: Desired, actual: Actual): Difference[] => [...differencesIn(desired, actual)];
