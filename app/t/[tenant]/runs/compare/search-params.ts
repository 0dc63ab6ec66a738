import { z } from "zod";
import { runSchema } from "@/server/runs/schemas";

const { runId } = runSchema.shape;
const comparisonSchema = z.object({
  left: runId.optional().catch(undefined),
  right: runId.optional().catch(undefined),
});

/** Which two runs are compared; what is no run's id is left out. */
export const readRunComparison = (params: Readonly<Record<string, unknown>>) => comparisonSchema.parse(params);
