import { z } from "zod";
import { idSchema, momentSchema } from "@/server/kernel/schemas";

/** As things stood at a moment; now, when left out. */
export const listControlsSchema = z.strictObject({ at: momentSchema.optional() });
export const controlSchema = z.strictObject({ control: z.string().regex(/^MC-[A-Z]{2}-\d\d$/) });
/** A gap that is accepted: why, and until when. */
export const recordExceptionSchema = controlSchema.extend({
  reason: z.string().trim().min(1, "must not be empty").max(1_000, "must have at most 1,000 characters"),
  expiresAt: momentSchema,
});
export const exceptionSchema = z.strictObject({ exceptionId: idSchema("controlException") });
