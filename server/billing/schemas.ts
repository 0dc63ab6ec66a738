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

/** What is signed is named by its hash: a decision about any other content does not count. */
export const signCatalogueSchema = z.strictObject({
  contentHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, "is no hash of a catalogue"),
  title: z.enum(SIGNER_TITLES),
});

export const getCatalogueSchema = z.strictObject({ version: z.int().min(1) });
