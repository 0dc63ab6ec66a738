import { and, asc, eq, gte, lte, ne } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { readAccessEvidence } from "@/server/access-reviews";
import type { Collector } from "./collector";

/** The record of each review of access that was closed, whether all was decided or not: who held what, who decided, and what was taken. */
export const accessReviewRecord: Collector = {
  kind: "access-review",
  isOfEnded: true,
  collect: async ({ tx, tenantId, blobs, from, now }) => {
    const closed = await tx
      .select()
      .from(accessReviews)
      .where(
        and(
          ...[eq(accessReviews.tenantId, tenantId), ne(accessReviews.status, "open")],
          ...[gte(accessReviews.closedAt, from), lte(accessReviews.closedAt, now)],
        ),
      )
      .orderBy(asc(accessReviews.id));
    return Promise.all(
      closed.map(async (review) => {
        const { id, title, openedAt, dueAt, closedBy, evidenceDigest } = review;
        const closedAt = review.closedAt ?? now;
        const content = await readAccessEvidence(review, blobs);
        // Its digest is the one that was kept at the closing, so its shape is ours.
        const { counts } = JSON.parse(content) as { counts: { undecided: number } };
        return {
          ...{ subject: id, title, fileName: `access-review-${id}.json`, mediaType: "application/json", content },
          covers: { from: openedAt, to: closedAt },
          facts: { closedBy, recordDigest: evidenceDigest, undecided: counts.undecided, isLate: closedAt > dueAt },
          once: `access_review:${id}`,
        };
      }),
    );
  },
};
