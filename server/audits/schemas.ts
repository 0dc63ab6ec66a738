import { z } from "zod";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

export const listAuditsSchema = pageSchema;
export const auditSchema = z.strictObject({ auditId: idSchema("audit") });
