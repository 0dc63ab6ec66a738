import { z } from "zod";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { ADD_ONS, type AddOn } from "@/policies/entitlements/features";
import type { SkuId } from "@/policies/entitlements/schema";
import { SIGNER_TITLES } from "@/policies/entitlements/signing";
import { slugSchema } from "@/server/kernel/schemas";

const plans = CATALOGUE.skus.map(({ id }) => id) as [SkuId, ...SkuId[]];

/** What is granted by hand: a plan in place of any other, or add-ons to what there is; why, and until when. */
export const grantSchema = z.strictObject({
  plan: z.enum(plans).nullable(),
  addOns: z.array(z.enum(Object.keys(ADD_ONS) as [AddOn, ...AddOn[]])).max(10),
  moreSeats: z.int().min(0).max(100_000),
  reason: z.string().trim().min(3, "must have at least 3 characters").max(500, "must have at most 500 characters"),
  expiresAt: z.iso.datetime(),
});

/** The tenant is named by its address, as it may be any. */
export const grantPlanSchema = grantSchema.extend({ tenant: slugSchema });
export const endGrantSchema = z.strictObject({ tenant: slugSchema });

/** What somebody chose to have of what is sold by subscription. */
export const choiceSchema = z.strictObject({
  plan: z.enum(["standard", "pro", "enterprise"]),
  addOns: z.array(z.enum(["incident", "compliance"])).max(2),
  /** Seats beyond those that the plan includes. */
  moreSeats: z.int().min(0).max(10_000),
});

/** A choice with the customer at the seller who makes it. */
export const reserveSchema = choiceSchema.extend({ customerId: z.string().max(255) });

/** A session of Checkout, as the seller names it when it sends somebody back. */
export const confirmCheckoutSchema = z.strictObject({
  sessionId: z.string().regex(/^cs_\w{1,250}$/, "is no Checkout session"),
});

/** A change of a living plan, with the moment from which its preview reckoned, in seconds since 1970. */
export const changeSchema = choiceSchema.extend({ prorationDate: z.int().min(0).max(10_000_000_000) });

/** A change with whose subscription it is of. */
export const orderSchema = changeSchema.extend({
  customerId: z.string().max(255),
  subscriptionId: z.string().max(255),
});

/** Why somebody cancels, in the seller's own words for it. */
export const CANCEL_REASONS = [
  ...(["too_expensive", "missing_features", "switched_service", "unused", "low_quality", "other"] as const),
] as const;
export const cancelSchema = z.strictObject({
  reason: z.enum(CANCEL_REASONS),
  comment: z.string().trim().max(500, "must have at most 500 characters"),
});

/** A page of invoices: after which one, as the page before said. */
export const invoicesSchema = z.strictObject({
  cursor: z
    .string()
    .regex(/^in_\w{1,250}$/, "is no place in the list")
    .optional(),
});

/** What is signed is named by its hash: a decision about any other content does not count. */
export const signCatalogueSchema = z.strictObject({
  contentHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, "is no hash of a catalogue"),
  title: z.enum(SIGNER_TITLES),
});

export const getCatalogueSchema = z.strictObject({ version: z.int().min(1) });
