import { z } from "zod";
import { cursorParam } from "@/app/_shared/page-params";

const secretsParamsSchema = z.object({ cursor: cursorParam });

/** Which secrets are asked for; what makes no sense is left out. */
export const readSecretsParams = (params: Readonly<Record<string, unknown>>) => secretsParamsSchema.parse(params);
