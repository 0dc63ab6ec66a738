import { and, asc, eq, gte, lte } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { readAccessEvidence } from "@/server/access-reviews";
import type { Collector } from "./collector";

/** The record of each review of access that was closed: who held what, who decided, and what was taken. */
export const accessReviewRecord: Collector = {
  kind: "access-review",
  isOfEnded: true,
  collect: async ({ tx, tenantId, blobs, from, now }) => {
    const closed = await tx
      .select()
      .from(accessReviews)
      .where(
        and(
          ...[eq(accessReviews.tenantId, tenantId), eq(accessReviews.status, "closed")],
          ...[gte(accessReviews.closedAt, from), lte(accessReviews.closedAt, now)],
        ),
      )
      .orderBy(asc(accessReviews.id));
    return Promise.all(
      closed.map(async (review) => ({
        ...{ subject: review.id, title: review.title, fileName: `access-review-${review.id}.json` },
        ...{ mediaType: "application/json", content: await readAccessEvidence(review, blobs) },
        covers: { from: review.openedAt, to: review.closedAt ?? now },
        facts: { closedBy: review.closedBy, recordDigest: review.evidenceDigest },
        once: `access_review:${review.id}`,
      })),
    );
  },
};
