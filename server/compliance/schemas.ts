import { z } from "zod";
import { idSchema, momentSchema } from "@/server/kernel/schemas";

/** As things stood at a moment; now, when left out. */
export const listControlsSchema = z.strictObject({ at: momentSchema.optional() });
export const controlSchema = z.strictObject({ control: z.string().regex(/^MC-[A-Z]{2}-\d\d$/) });
/** The longest period that is looked back over, in days. */
export const PERIOD_DAYS_MAX = 400;
/** A period, without the moment at which it ends. */
export const periodSchema = z
  .strictObject({ from: momentSchema, to: momentSchema })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must come after the first moment" })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= PERIOD_DAYS_MAX * 86_400_000, {
    ...{ path: ["to"], message: `must come within ${PERIOD_DAYS_MAX} days of the first moment` },
  });
/** A gap that is accepted: why, and until when. */
export const recordExceptionSchema = controlSchema.extend({
  reason: z.string().trim().min(1, "must not be empty").max(1_000, "must have at most 1,000 characters"),
  expiresAt: momentSchema,
});
export const sellSheetSchema = z.strictObject({ format: z.enum(["md", "pdf"]) });
export const exceptionSchema = z.strictObject({ exceptionId: idSchema("controlException") });
