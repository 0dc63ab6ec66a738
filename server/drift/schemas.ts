import { z } from "zod";
import { idSchema, momentSchema, pageSchema } from "@/server/kernel/schemas";

export const listRemediationsSchema = pageSchema.extend({
  /** Those that are open, or the history of those that are closed. */
  state: z.enum(["open", "closed"]).default("open"),
});
export const getRemediationSchema = z.strictObject({ taskId: idSchema("remediation") });
export const assignRemediationSchema = z.strictObject({
  taskId: idSchema("remediation"),
  /** Who sees to it; nobody yet when left out. */
  memberId: idSchema("member").optional(),
  /** By when; as it was when left out. */
  dueAt: momentSchema.optional(),
});
