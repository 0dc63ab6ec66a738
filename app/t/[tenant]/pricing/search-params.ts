import { z } from "zod";
import { SCENARIO_NAMES } from "@/server/pricing/domain/usage";

const paramsSchema = z.object({
  compare: z
    .enum([...SCENARIO_NAMES, "used"])
    .optional()
    .catch(undefined),
});

/** Which scenario stands beside the month asked about; what makes no sense is left out. */
export const readCompareParam = (params: Readonly<Record<string, unknown>>) => paramsSchema.parse(params).compare;
