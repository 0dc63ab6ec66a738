import { z } from "zod";
import { FEATURES, type Feature } from "./words";

const feature = z.enum(Object.keys(FEATURES) as [Feature, ...Feature[]]);
const cents = z.int().min(0);
const count = z.int().min(1);
/** Names a price at Stripe. It ends in the version of the catalogue, so that whoever bought at it keeps it. */
const lookupKey = z.string().regex(/^[a-z]+(_[a-z]+)+_v\d+$/);
const price = z.strictObject({ lookupKey, cents });

const tier = z.strictObject({
  /** The last weighted task of the month that it prices; null for all the others. */
  upToWu: count.nullable(),
  /** Cents per weighted task, as Stripe's `unit_amount_decimal`: exact, with six decimals at most. */
  centsPerWu: z.string().regex(/^\d{1,6}(\.\d{1,6})?$/),
});
export type Tier = z.output<typeof tier>;

const subscription = z.strictObject({
  kind: z.literal("subscription"),
  base: price,
  /** Each seat beyond those included. */
  seat: price,
  /** Graduated: each tier prices what falls into it, and none of what lies below. */
  usage: z.strictObject({ lookupKey, meter: z.string(), tiers: z.array(tier).min(2) }),
  /** Null for an add-on that the plan includes. */
  addOns: z.strictObject({ incident: price.nullable(), compliance: price.nullable() }),
});
const licence = z.strictObject({
  kind: z.literal("licence"),
  /** The least a year costs. */
  commitCents: cents,
  perTenantCents: cents,
  support: z.strictObject({ business: cents, priority: cents, dedicated: cents }),
});
const chargeback = z.strictObject({
  kind: z.literal("chargeback"),
  /** Added to what a department's use costs, in thousandths. */
  markupMilli: z.int().min(0).max(1_000),
});

const skuSchema = z.strictObject({
  id: z.enum(["internal", "white-label", "standard", "pro", "enterprise"]),
  title: z.string(),
  /** Whom it is for. */
  profile: z.string(),
  terms: z.array(z.string()).min(1),
  features: z.array(feature).min(1),
  limits: z.strictObject({
    /** Null where as many as one likes. */
    seatsIncluded: count.nullable(),
    runsPerMonth: count.nullable(),
    concurrentRuns: count.nullable(),
    wuIncluded: count.nullable(),
    /** Weighted tasks of a month beyond which nothing runs until the plan is a larger one. */
    wuCap: count.nullable(),
    retentionMonths: count,
  }),
  price: z.discriminatedUnion("kind", [subscription, licence, chargeback]),
});

/** A version of everything that is sold. Prices are a month's, licences a year's, all before tax. */
export const catalogueSchema = z.strictObject({
  version: count,
  currency: z.literal("usd"),
  /** How long evidence is kept with the compliance add-on, in place of the plan's own months. */
  complianceRetentionMonths: count,
  skus: z.array(skuSchema).length(5),
});
export type Catalogue = z.input<typeof catalogueSchema>;
export type Sku = Catalogue["skus"][number];
export type SkuId = Sku["id"];
export type Limit = keyof Sku["limits"];
export type Subscription = Extract<Sku["price"], { kind: "subscription" }>;
