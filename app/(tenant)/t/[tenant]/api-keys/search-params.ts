import { z } from "zod";

const keysParamsSchema = z.object({ cursor: z.string().max(200).optional().catch(undefined) });

/** Which keys are asked for; what makes no sense is left out. */
export function readKeysParams(params: Readonly<Record<string, unknown>>) {
  return keysParamsSchema.parse({ cursor: params.cursor });
}
