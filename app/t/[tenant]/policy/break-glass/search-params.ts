import { z } from "zod";
import { listBreakGlassSchema } from "@/server/break-glass/schemas";

const breakGlassParamsSchema = z.object({ cursor: listBreakGlassSchema.shape.cursor.catch(undefined) });

/** The page of the list. */
export const readBreakGlassParams = (params: Readonly<Record<string, unknown>>) => breakGlassParamsSchema.parse(params);
