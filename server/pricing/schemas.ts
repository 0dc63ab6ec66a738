import { z } from "zod";
import { HIGHEST, usageSchema } from "./domain/usage";

/** Months to be looked at beside each other, and how many tenants a partner with a White-Label licence has. */
export const analysePricingSchema = z.strictObject({
  months: z.array(usageSchema).min(1).max(5),
  partnerTenants: z.int().min(0).max(HIGHEST.seats).default(25),
});
