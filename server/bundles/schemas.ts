import { z } from "zod";
import { idSchema, momentSchema, pageSchema } from "@/server/kernel/schemas";
import { BUNDLE_TAGS } from "./domain/format";

/** What a bundle is to hold: the time from one moment up to another. */
export const requestBundleSchema = z.strictObject({
  tag: z.enum(BUNDLE_TAGS).default(BUNDLE_TAGS[0]),
  from: momentSchema,
  to: momentSchema,
  isDryRun: z.boolean().default(false),
});
/** A page of bundles, after the last bundle of the page before. */
export const listBundlesSchema = pageSchema.extend({ cursor: idSchema("bundle").optional() });
export const bundleSchema = z.strictObject({ bundleId: idSchema("bundle") });
