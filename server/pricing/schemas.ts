import { z } from "zod";
import { usageSchema } from "./domain/usage";

/** Months to be looked at beside each other. */
export const analysePricingSchema = z.strictObject({ months: z.array(usageSchema).min(1).max(4) });
