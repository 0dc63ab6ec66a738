import type { Stripe, StripeClient } from "@/server/platform/stripe";
import type { Desired } from "@/policies/entitlements/sold-objects";
import type { Actual, ActualMeter, ActualPrice } from "@/policies/entitlements/sold-differences";
import { findPortalConfiguration, isPortalAsDesired } from "./portal-configuration";

/** Keys that one list of prices takes. */
const KEYS_AT_A_TIME = 10;

async function pricesOf(stripe: StripeClient, keys: readonly string[], meters: ReadonlyMap<string, string>) {
  const found = new Map<string, ActualPrice>();
  for (let from = 0; from < keys.length; from += KEYS_AT_A_TIME) {
    const lookup = keys.slice(from, from + KEYS_AT_A_TIME);
    const list = stripe.prices.list({ lookup_keys: lookup, limit: 100, expand: ["data.tiers"] });
    for await (const price of list)
      if (price.lookup_key !== null) found.set(price.lookup_key, actualPrice(price, meters));
  }
  return found;
}

function actualPrice(price: Stripe.Price, meters: ReadonlyMap<string, string>): ActualPrice {
  const { id, active, currency, product, recurring, metadata } = price;
  const { interval, interval_count: count, meter } = recurring ?? {};
  const tiers = (price.tiers ?? []).map(({ up_to: upToWu, unit_amount_decimal: each }) => ({
    ...{ upToWu, centsPerWu: each === null ? "none" : String(each) },
  }));
  return {
    ...{ id, isActive: active, currency, product: typeof product === "string" ? product : product.id },
    interval: count === 1 && interval !== undefined ? interval : `${count ?? 0} ${interval ?? "times"}`,
    madeAs: metadata.conductor_price,
    charge:
      meter === undefined || meter === null
        ? { cents: price.unit_amount }
        : { meter: meters.get(meter) ?? meter, tiers: price.tiers_mode === "graduated" ? tiers : [] },
  };
}

async function metersOf(stripe: StripeClient) {
  const meters = new Map<string, ActualMeter>();
  for await (const meter of stripe.billing.meters.list({ limit: 100 }))
    meters.set(meter.event_name, {
      ...{ id: meter.id, isActive: meter.status === "active", aggregation: meter.default_aggregation.formula },
      ...{ customerKey: meter.customer_mapping.event_payload_key, valueKey: meter.value_settings.event_payload_key },
    });
  return meters;
}

/** What stands at the seller of everything that a catalogue needs. */
export async function readCatalogue(stripe: StripeClient, { products, prices }: Desired): Promise<Actual> {
  const ids = products.map(({ id }) => id);
  const there = new Map<string, { name: string; isActive: boolean }>();
  for await (const { id, name, active } of stripe.products.list({ ids, limit: 100 }))
    there.set(id, { name, isActive: active });
  const meters = await metersOf(stripe);
  const names = new Map([...meters].map(([name, { id }]) => [id, name]));
  const portal = await findPortalConfiguration(stripe);
  return {
    ...{ products: there, meters },
    prices: await pricesOf(
      stripe,
      prices.map(({ lookupKey }) => lookupKey),
      names,
    ),
    portal: portal && { id: portal.id, isActive: portal.active, isAsDesired: isPortalAsDesired(portal) },
  };
}
