import { z } from "zod";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

/** A page of drills, after the last drill of the page before. */
export const listDrillsSchema = pageSchema.extend({ cursor: idSchema("drill").optional() });
export const drillSchema = z.strictObject({ drillId: idSchema("drill") });
