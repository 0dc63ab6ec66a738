import { z } from "zod";
import { slugSchema } from "@/server/kernel/schemas";
import { HIGHEST_QUOTAS, type Quotas } from "./domain/quota";

const upTo = (name: keyof Quotas) =>
  z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(HIGHEST_QUOTAS[name], `must be at most ${HIGHEST_QUOTAS[name]}`);

export const quotasSchema = z.strictObject({
  mostConcurrentRuns: upTo("mostConcurrentRuns"),
  mostQueuedRuns: upTo("mostQueuedRuns"),
  mostConcurrentSteps: upTo("mostConcurrentSteps"),
});

/** The tenant is named by its address, as it may be any. */
export const setQuotasSchema = quotasSchema.extend({ tenant: slugSchema });
