import { z } from "zod";

export const listReceiptsSchema = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  /** Place in the chain of the last receipt of the page before. */
  before: z.int().min(1).optional(),
  subject: z
    .string()
    .regex(/^[a-z_]+:[a-z0-9_]{1,60}$/, "must be <kind>:<id>")
    .optional(),
});
