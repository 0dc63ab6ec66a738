import { and, eq, isNotNull, lte, or } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { accessReviews } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { closedFor } from "@/server/entitlements";
import { eventOf } from "@/server/kernel/event";
import { lockTenant } from "@/server/members";
import type { CallContext } from "@/server/verb";
import { reminderAt } from "./domain/schedule";
import { accessReviewOpened } from "./events";
import { findReviewers } from "./reviewers";
import { startReview } from "./start-review";
import { takeSnapshot } from "./take-snapshot";

/** What a review asks for at this moment: a reminder of this name, or that the one after it is opened. */
export type Due = { tenantId: string; reviewId: string } & (
  { does: "remind"; name: string; occasion: "soon" | "overdue" } | { does: "repeat" }
);

/** What reviews of all tenants ask for now. */
export async function listDueReviews({ database, clock }: Pick<CallContext, "database" | "clock">): Promise<Due[]> {
  const now = clock.now();
  const { tenantId, id: reviewId, status, dueAt, nextAt } = accessReviews;
  const rows = await withSystem({ database }, "tend-access-reviews", (tx) =>
    tx
      .select({ tenantId, reviewId, status, dueAt, nextAt })
      .from(accessReviews)
      .where(or(eq(status, "open"), and(isNotNull(nextAt), lte(nextAt, now)))),
  );
  return rows.flatMap((row): Due[] => {
    const about = { tenantId: row.tenantId, reviewId: row.reviewId };
    const reminder = row.status === "open" ? reminderAt(row.dueAt, now) : null;
    return [
      ...(reminder === null ? [] : [{ ...about, does: "remind" as const, ...reminder }]),
      ...(row.nextAt === null || row.nextAt > now ? [] : [{ ...about, does: "repeat" as const }]),
    ];
  });
}

/**
 * Opens the review that follows one, with the same scope, as long a time and those of its reviewers who may still decide; where
 * none of them may, all who may. Gives its id; null where it was opened already, and for as long as the plan has no reviews.
 */
export async function repeatReview(
  ctx: CallContext & { tenantId: string },
  previousId: string,
): Promise<string | null> {
  const { tenantId, newId, requestId } = ctx;
  return withTenant(ctx, async (tx) => {
    await lockTenant(tx, tenantId);
    const now = ctx.clock.now();
    const own = and(eq(accessReviews.tenantId, tenantId), eq(accessReviews.id, previousId));
    const [previous] = await tx.select().from(accessReviews).where(own);
    if (previous?.nextAt == null || previous.nextAt > now) return null;
    const asked = { tenantId, feature: "access-reviews", use: "change" } as const;
    if ((await closedFor(tx, asked, now)) !== null) return null;
    await tx.update(accessReviews).set({ nextAt: null }).where(own);
    const { title, scope, repeatsMonths, sponsorId } = previous;
    const held = await takeSnapshot(tx, tenantId, scope, now);
    const named = await findReviewers(tx, tenantId, { column: "userId", ids: previous.reviewers });
    const reviewers = (named.length > 0 ? named : await findReviewers(tx, tenantId)).map(({ userId }) => userId);
    const dueAt = new Date(now.getTime() + previous.dueAt.getTime() - previous.openedAt.getTime());
    const actor = "job:tend-access-reviews";
    const next = { title, scope, reviewers, dueAt, repeatsMonths, previousId, openedBy: actor, sponsorId };
    const reviewId = await startReview(tx, { tenantId, newId, now }, next, held);
    recordEvents(tx, tenantId, newId, [eventOf(accessReviewOpened, { tenantId, reviewId })]);
    const detail = {
      title,
      scope: { ...scope },
      reviewers,
      previousId,
      dueAt: dueAt.toISOString(),
      holders: held.length,
    };
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, action: "access_review.open" },
      ...{ subject: `access_review:${reviewId}`, body: { requestId, detail } },
    });
    return reviewId;
  });
}
