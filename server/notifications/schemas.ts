import { z } from "zod";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

export const listNotificationsSchema = pageSchema;
export const markReadSchema = z.strictObject({
  /** Those to mark; absent: all. */
  notificationIds: z.array(idSchema("notification")).min(1).max(100).optional(),
});
