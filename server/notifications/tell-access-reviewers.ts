import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { accessReviewItems, accessReviews, members, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { tell, type TellContext } from "./tell";

const WORDS = { opened: "asks you who keeps access", soon: "is due soon", overdue: "is overdue" } as const;

/** Why reviewers are told: their review was opened, is due soon, or is overdue; `name` is told once per person. */
export interface ReviewOccasion {
  occasion: keyof typeof WORDS;
  name: string;
}

/** Tells the reviewers of an open review who are members still and have something to decide. Returns those told now. */
export async function tellAccessReviewers(
  ctx: TellContext,
  reviewId: string,
  { occasion, name }: ReviewOccasion,
): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx
      .select({ review: accessReviews, tenantSlug: tenants.slug })
      .from(accessReviews)
      .innerJoin(tenants, eq(tenants.tenantId, accessReviews.tenantId))
      .where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, reviewId)));
    if (found?.review.status !== "open") return [];
    const { review, tenantSlug } = found;
    const theirs = tx
      .select({ id: accessReviewItems.id })
      .from(accessReviewItems)
      .where(
        and(
          ...[eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.reviewId, reviewId)],
          isNull(accessReviewItems.verdict),
          sql`not ${members.userId} = any(${accessReviewItems.about})`,
        ),
      );
    const reviewers = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(
        and(...[eq(members.tenantId, ctx.tenantId), inArray(members.userId, review.reviewers)], sql`exists ${theirs}`),
      );
    return tell(
      tx,
      ctx,
      reviewers.map(({ userId }) => userId),
      {
        dedupe: `access_review.${name}:${reviewId}`,
        title: `${review.title} ${WORDS[occasion]}`,
        href: `/t/${tenantSlug}/access-reviews/${reviewId}`,
      },
    );
  });
}
