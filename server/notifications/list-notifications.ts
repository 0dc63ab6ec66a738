import { and, eq } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { notifications } from "@/db/schema";
import { newsRunbook } from "@/server/guides/domain/alerts";
import { defineRead, tenantItself } from "@/server/verb";
import { listNotificationsSchema } from "./schemas";

/** The caller's own notifications in this tenant, newest first. */
export const listNotifications = defineRead({
  action: "tenant.read",
  input: listNotificationsSchema,
  load: tenantItself,
  read: async ({ ctx, tx }, { limit, cursor }) => {
    const rows = await tx
      .select()
      .from(notifications)
      .where(
        and(
          eq(notifications.tenantId, ctx.tenantId),
          eq(notifications.userId, ctx.principal.id),
          afterCursor(notifications.createdAt, notifications.id, cursor),
        ),
      )
      .orderBy(...newestFirst(notifications.createdAt, notifications.id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ id, dedupe, title, href, createdAt, readAt }) => ({
        ...{
          id,
          title,
          href,
          runbook: newsRunbook(dedupe),
          createdAt: createdAt.toISOString(),
          readAt: readAt?.toISOString() ?? null,
        },
      })),
    };
  },
});
