import { and, eq, inArray, isNull } from "drizzle-orm";
import { notifications } from "@/db/schema";
import { defineWrite, tenantItself } from "@/server/verb";
import { markReadSchema } from "./schemas";

/** Marks the caller's own notifications as read; those of others are not touched, whatever ids are given. */
export const markRead = defineWrite({
  action: "tenant.read",
  receipt: { none: "it changes nothing that anybody else sees" },
  input: markReadSchema,
  load: tenantItself,
  write: async ({ ctx, tx, now }, { notificationIds }) => {
    const marked = await tx
      .update(notifications)
      .set({ readAt: now })
      .where(
        and(
          eq(notifications.tenantId, ctx.tenantId),
          eq(notifications.userId, ctx.principal.id),
          isNull(notifications.readAt),
          notificationIds === undefined ? undefined : inArray(notifications.id, notificationIds),
        ),
      )
      .returning({ id: notifications.id });
    return { value: { marked: marked.length } };
  },
});
