import { z } from "zod";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import type { SkuId } from "@/policies/entitlements/schema";
import { emailSchema, nameSchema, slugSchema } from "@/server/kernel/schemas";

export const createTenantSchema = z.strictObject({ name: nameSchema, slug: slugSchema });
export const updateTenantSchema = z.strictObject({ name: nameSchema });

export const plan = z.enum(CATALOGUE.skus.map(({ id }) => id) as [SkuId, ...SkuId[]]);

/** A tenant for somebody else: what it is called, who administers it first, and what it has until when. */
export const provisionTenantSchema = createTenantSchema.extend({
  email: emailSchema,
  plan,
  moreSeats: z.int().min(0).max(100_000).default(0),
  expiresAt: z.iso.datetime(),
  reason: z.string().trim().min(3, "must have at least 3 characters").max(500, "must have at most 500 characters"),
});
