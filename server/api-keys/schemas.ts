import { z } from "zod";
import { DATA_SENSITIVITIES } from "@/policies/access/vocabulary";
import { idSchema, nameSchema, pageSchema } from "@/server/kernel/schemas";
import { GRACE_HOURS_MAX, KEY_DAYS_MAX, SERVICE_ROLES } from "./domain/limits";

const wordSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "must start with a letter and hold only lower-case letters, digits and _ (63 at most)",
  );

/** Region and business unit left out are the creator's own; clearance left out is `internal`. */
export const createApiKeySchema = z.strictObject({
  name: nameSchema,
  roles: z
    .array(z.enum(SERVICE_ROLES))
    .min(1, "must name at least one role")
    .max(SERVICE_ROLES.length)
    .refine((roles) => new Set(roles).size === roles.length, "must name each role once"),
  region: wordSchema.optional(),
  businessUnit: wordSchema.optional(),
  clearance: z.enum(DATA_SENSITIVITIES).default("internal"),
  expiresInDays: z.int().min(1).max(KEY_DAYS_MAX).default(90),
});

/** For `graceHours` the key before also opens; 0 ends it at once. */
export const rotateApiKeySchema = z.strictObject({
  apiKeyId: idSchema("apiKey"),
  graceHours: z.int().min(0).max(GRACE_HOURS_MAX).default(GRACE_HOURS_MAX),
});

export const apiKeySchema = z.strictObject({ apiKeyId: idSchema("apiKey") });

export const listApiKeysSchema = pageSchema.extend({ cursor: idSchema("apiKey").optional() });
