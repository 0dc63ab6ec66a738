import { and, asc, eq, gt, ilike, isNull, not } from "drizzle-orm";
import { containing, toPageById } from "@/db/paging";
import { accessReviewItems } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { accessHash } from "./domain/access";
import { presentHolders } from "./holders";
import { loadReview } from "./load";
import { namePeople } from "./name-people";
import { isGone } from "./progress";
import { listReviewedAccessSchema } from "./schemas";

/**
 * What a review looks at: members first, by name. Each with what its holder had at the opening, what they have now where that
 * is something else, and the hash of the access that a decision would be about.
 */
export const listReviewedAccess = defineRead({
  action: "access_review.read",
  input: listReviewedAccessSchema,
  load: loadReview,
  read: async ({ ctx, tx, now }, { reviewId, only, text, limit, cursor }) => {
    const rows = await tx
      .select()
      .from(accessReviewItems)
      .where(
        and(
          ...[eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.reviewId, reviewId)],
          cursor === undefined ? undefined : gt(accessReviewItems.id, cursor),
          only === "all" ? undefined : and(isNull(accessReviewItems.verdict), not(isGone(now))),
          text === undefined ? undefined : ilike(accessReviewItems.name, containing(text)),
        ),
      )
      .orderBy(asc(accessReviewItems.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    const present = await presentHolders(tx, ctx.tenantId, page.rows, now);
    const people = await namePeople(
      tx,
      page.rows.map(({ decidedBy }) => decidedBy).filter((id) => id !== null),
    );
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map((item) => {
        const access = present.get(item.holderId) ?? null;
        const then = item.snapshot.access;
        const decider = people.get(item.decidedBy ?? "");
        return {
          ...{ id: item.id, kind: item.kind, holderId: item.holderId, snapshot: item.snapshot, verdict: item.verdict },
          ...{ comment: item.comment, removedRoles: item.removedRoles, decidedOn: item.decidedOn },
          ...{
            decidedAt: item.decidedAt?.toISOString() ?? null,
            decidedByName: decider?.name ?? decider?.email ?? null,
          },
          /** What they have now; null: nothing any more. */
          now: access,
          accessHash: access === null ? null : accessHash(access),
          isChanged: item.verdict === null && access !== null && accessHash(access) !== accessHash(then),
          isOwn: item.about.includes(ctx.principal.id),
        };
      }),
    };
  },
});
