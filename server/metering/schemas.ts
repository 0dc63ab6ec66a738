import { z } from "zod";
import { MONTH } from "./domain/month";

/** A month in UTC, `YYYY-MM`; the present one when left out. */
export const getUsageSchema = z.strictObject({
  month: z.string().regex(MONTH, "must be a month such as 2026-11").optional(),
});
