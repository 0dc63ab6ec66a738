import type { Catalogue } from "@/policies/entitlements/schema";
import { type CatalogueSignature, draftWords, missingTitles } from "@/policies/entitlements/signing";
import { must, preconditionFailed } from "@/server/kernel/errors";
import { exactAmount, type StripeClient } from "@/server/platform/stripe";
import { type Desired, desiredOf, type DesiredPrice, METER_KEYS } from "@/policies/entitlements/sold-objects";
import { type Actual, type Difference, differencesOf } from "@/policies/entitlements/sold-differences";
import { PORTAL_FEATURES, PORTAL_MARK } from "./portal-configuration";
import { readCatalogue } from "./read-catalogue";

/** What differs at the seller from what a catalogue sells. */
export async function compareCatalogue(stripe: StripeClient, catalogue: Catalogue): Promise<Difference[]> {
  const desired = desiredOf(catalogue);
  return differencesOf(desired, await readCatalogue(stripe, desired));
}

interface Applying {
  stripe: StripeClient;
  desired: Desired;
  actual: Actual;
  /** Makes the same call twice the same one, also after a crash between the two. */
  key: (object: string) => { idempotencyKey: string };
}

async function applyMeter({ stripe, desired, actual, key }: Applying, { object, remedy }: Difference) {
  const { eventName, displayName } = must(
    desired.meters.find((each) => each.eventName === object),
    "a difference names a meter of the catalogue",
  );
  if (remedy === "update") return stripe.billing.meters.reactivate(actual.meters.get(object)?.id ?? "");
  return stripe.billing.meters.create(
    {
      ...{ event_name: eventName, display_name: displayName, default_aggregation: { formula: "sum" } },
      customer_mapping: { type: "by_id", event_payload_key: METER_KEYS.customer },
      value_settings: { event_payload_key: METER_KEYS.value },
    },
    key(object),
  );
}

function chargeParams({ charge }: DesiredPrice, meters: Actual["meters"]) {
  if ("cents" in charge) return { unit_amount: charge.cents, recurring: { interval: "month" as const } };
  const meter = must(meters.get(charge.meter), "a meter is made before its prices").id;
  return {
    ...{ billing_scheme: "tiered" as const, tiers_mode: "graduated" as const },
    tiers: charge.tiers.map(({ upToWu, centsPerWu }) => ({
      up_to: upToWu ?? ("inf" as const),
      unit_amount_decimal: exactAmount(centsPerWu),
    })),
    recurring: { interval: "month" as const, usage_type: "metered" as const, meter },
  };
}

async function applyPrice({ stripe, desired, actual, key }: Applying, { object, remedy }: Difference) {
  const price = must(
    desired.prices.find(({ lookupKey }) => lookupKey === object),
    "a difference names a price of the catalogue",
  );
  if (remedy === "update") return stripe.prices.update(actual.prices.get(object)?.id ?? "", { active: true });
  const { product, nickname, currency, lookupKey } = price;
  return stripe.prices.create(
    {
      ...{ product, nickname, currency, lookup_key: lookupKey, tax_behavior: "exclusive" },
      ...{ metadata: { conductor_price: lookupKey }, ...chargeParams(price, actual.meters) },
    },
    key(object),
  );
}

async function applyProduct({ stripe, desired, key }: Applying, { object, remedy }: Difference) {
  const { id, name } = must(
    desired.products.find((each) => each.id === object),
    "a difference names a product of the catalogue",
  );
  if (remedy === "update") return stripe.products.update(id, { name, active: true });
  return stripe.products.create({ id, name, metadata: { conductor_product: id } }, key(object));
}

async function applyPortal({ stripe, actual, key }: Applying) {
  if (actual.portal !== null)
    return stripe.billingPortal.configurations.update(actual.portal.id, { active: true, features: PORTAL_FEATURES });
  return stripe.billingPortal.configurations.create(
    { features: PORTAL_FEATURES, metadata: { ...PORTAL_MARK } },
    key("portal"),
  );
}

const APPLY = { meter: applyMeter, portal: applyPortal, price: applyPrice, product: applyProduct } as const;

/**
 * Makes at the seller what a catalogue sells and is not there, and puts right what may be changed; a second time it changes
 * nothing. Refuses (PreconditionFailed) a draft, unless it is a sandbox in which no money moves, and a price that differs: what people bought stays.
 */
export async function applyCatalogue(
  stripe: StripeClient,
  catalogue: Catalogue,
  { isSandbox, signatures }: { isSandbox: boolean; signatures: readonly CatalogueSignature[] },
): Promise<Difference[]> {
  const draft = draftWords(catalogue, signatures);
  if (draft !== null && !isSandbox) throw preconditionFailed(draft, { missing: missingTitles(catalogue, signatures) });
  const desired = desiredOf(catalogue);
  const found = differencesOf(desired, await readCatalogue(stripe, desired));
  const refused = found.filter(({ remedy }) => remedy === "refuse");
  if (refused.length > 0)
    throw preconditionFailed(
      `What is sold is not changed: ${refused.map(({ object, detail }) => `${object} ${detail}`).join("; ")}. Make a new version of the catalogue.`,
    );
  // Products, then meters, then prices, which need both.
  for (const kind of ["product", "meter", "price", "portal"] as const) {
    const actual = await readCatalogue(stripe, desired);
    const key = (object: string) => ({ idempotencyKey: `catalogue:${catalogue.version}:${kind}:${object}` });
    for (const difference of found)
      if (difference.kind === kind) await APPLY[kind]({ stripe, desired, actual, key }, difference);
  }
  return found;
}
