import { z } from "zod";
import { momentSchema } from "@/server/kernel/schemas";

/** As things stood at a moment; now, when left out. */
export const listControlsSchema = z.strictObject({ at: momentSchema.optional() });
export const controlSchema = z.strictObject({ control: z.string().regex(/^MC-[A-Z]{2}-\d\d$/) });
