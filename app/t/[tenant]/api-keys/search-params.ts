import { z } from "zod";
import { cursorParam } from "@/app/_shared/page-params";

const keysParamsSchema = z.object({ cursor: cursorParam });

/** Which keys are asked for; what makes no sense is left out. */
export const readKeysParams = (params: Readonly<Record<string, unknown>>) => keysParamsSchema.parse(params);
