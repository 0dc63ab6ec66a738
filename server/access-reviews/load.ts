import { and, eq } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import type { Scope } from "@/server/verb";

export type ReviewRow = typeof accessReviews.$inferSelect;

/** Reviews of access as policy sees them; `requesters` are those whom one is about. */
export const reviewResource = (tenantId: string, requesters: string[] = []) => ({
  ...{ subject: "access_review" as const, tenantId, requesters },
});

/** The tenant's reviews at large. */
export async function loadReviews({ ctx }: Scope) {
  return { resource: reviewResource(ctx.tenantId), subject: `tenant:${ctx.tenantId}` };
}

/** A review of this tenant; throws NotFound. */
export async function loadReview({ ctx, tx }: Scope, { reviewId }: { reviewId: string }) {
  const [review] = await tx
    .select()
    .from(accessReviews)
    .where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, reviewId)));
  if (review === undefined) throw notFound("access review");
  return { review, resource: reviewResource(ctx.tenantId), subject: `access_review:${review.id}` };
}

/**
 * The same, with the tenant locked: whoever changes access, decides about it or closes its review takes turns, so that
 * what is decided about is what is there.
 */
export async function loadReviewForChange(scope: Scope, input: { reviewId: string }) {
  await lockTenant(scope.tx, scope.ctx.tenantId);
  return loadReview(scope, input);
}
