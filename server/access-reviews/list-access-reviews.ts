import { and, eq } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { accessReviews } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { isOverdue } from "./domain/schedule";
import { loadReviews } from "./load";
import { progressOf } from "./progress";
import { listAccessReviewsSchema } from "./schemas";

/** The tenant's reviews of access with how far each is, newest first. */
export const listAccessReviews = defineRead({
  action: "access_review.read",
  input: listAccessReviewsSchema,
  load: loadReviews,
  read: async ({ ctx, tx, now }, { limit, cursor }) => {
    const { id, tenantId, title, status, dueAt, openedAt, closedAt, repeatsMonths, reviewers } = accessReviews;
    const rows = await tx
      .select({ id, tenantId, title, status, dueAt, openedAt, closedAt, repeatsMonths, reviewers })
      .from(accessReviews)
      .where(and(eq(tenantId, ctx.tenantId), afterCursor(openedAt, id, cursor)))
      .orderBy(...newestFirst(openedAt, id))
      .limit(limit + 1);
    const page = toPage(rows, limit, (row) => ({ at: row.openedAt, id: row.id }));
    const progress = await progressOf(
      ...([tx, ctx.tenantId] as const),
      page.rows.map((row) => row.id),
      now,
    );
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map((row) => ({
        ...{ id: row.id, title: row.title, repeatsMonths: row.repeatsMonths, progress: progress(row.id) },
        ...{ status: isOverdue(row, now) ? ("overdue" as const) : row.status, dueAt: row.dueAt.toISOString() },
        ...{ openedAt: row.openedAt.toISOString(), closedAt: row.closedAt?.toISOString() ?? null },
        isMine: row.reviewers.includes(ctx.principal.id),
      })),
    };
  },
});
