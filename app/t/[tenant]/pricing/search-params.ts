import { z } from "zod";
import { SCENARIO_NAMES } from "@/server/pricing/domain/usage";

const paramsSchema = z.object({
  compare: z
    .enum([...SCENARIO_NAMES, "used"])
    .optional()
    .catch(undefined),
  partners: z.coerce.number().int().min(0).max(100_000).catch(25).default(25),
});

/** Which month is looked into beside the one asked about, and how many tenants a partner has; what makes no sense is left out. */
export const readPricingParams = (params: Readonly<Record<string, unknown>>) => paramsSchema.parse(params);
