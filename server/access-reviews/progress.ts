import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { accessReviewItems, apiKeys, members } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";

/** How far a review is. `gone` ended otherwise before anybody decided; of a closed review that stands in its evidence. */
export interface Progress {
  all: number;
  kept: number;
  removed: number;
  gone: number;
  undecided: number;
}

/** The holder of an item has no access any more. */
export const isGone = (
  now: Date,
): SQL => sql`(${accessReviewItems.kind} = 'member' and not exists (select from ${members}
    where ${members.tenantId} = ${accessReviewItems.tenantId} and ${members.id} = ${accessReviewItems.holderId}
      and ${isStanding(now)})
  or ${accessReviewItems.kind} = 'api_key' and not exists (select from ${apiKeys}
    where ${apiKeys.tenantId} = ${accessReviewItems.tenantId} and ${apiKeys.id} = ${accessReviewItems.holderId}
      and ${apiKeys.revokedAt} is null and ${apiKeys.expiresAt} > ${now.toISOString()}::timestamptz))`;

const NONE: Progress = { all: 0, kept: 0, removed: 0, gone: 0, undecided: 0 };

/** How far each of these reviews is: one query. */
export async function progressOf(tx: Tx, tenantId: string, reviewIds: readonly string[], now: Date) {
  const counted = (condition: SQL) => sql<number>`count(*) filter (where ${condition})::int`;
  const isOpen = sql`${accessReviewItems.verdict} is null`;
  const rows =
    reviewIds.length === 0
      ? []
      : await tx
          .select({
            reviewId: accessReviewItems.reviewId,
            all: sql<number>`count(*)::int`,
            kept: counted(sql`${accessReviewItems.verdict} = 'keep'`),
            removed: counted(sql`${accessReviewItems.verdict} = 'remove'`),
            gone: counted(sql`${isOpen} and ${isGone(now)}`),
          })
          .from(accessReviewItems)
          .where(and(eq(accessReviewItems.tenantId, tenantId), inArray(accessReviewItems.reviewId, [...reviewIds])))
          .groupBy(accessReviewItems.reviewId);
  const found = new Map(rows.map(({ reviewId, ...counts }) => [reviewId, counts]));
  return (reviewId: string): Progress => {
    const counts = found.get(reviewId);
    if (counts === undefined) return NONE;
    return { ...counts, undecided: counts.all - counts.kept - counts.removed - counts.gone };
  };
}
