import { and, eq } from "drizzle-orm";
import { accessReviews, tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { env } from "@/server/platform/env";
import type { CallContext } from "@/server/verb";
import { progressOf } from "./progress";

/** What the mail to a reviewer says. Its address is no secret: the page asks for a sign-in. */
export interface ReviewLetter {
  to: string;
  tenantName: string;
  title: string;
  undecided: number;
  url: string;
  /** ISO 8601. */
  dueAt: string;
}

/** The mail that is due to a reviewer; null once the review is closed, or nothing in it is undecided. */
export async function composeReviewLetter(
  call: CallContext,
  { tenantId, reviewId, userId }: { tenantId: string; reviewId: string; userId: string },
): Promise<ReviewLetter | null> {
  return withTenant({ database: call.database, tenantId }, async (tx) => {
    const [found] = await tx
      .select({ review: accessReviews, tenant: tenants, email: users.email })
      .from(accessReviews)
      .innerJoin(tenants, eq(tenants.tenantId, accessReviews.tenantId))
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(accessReviews.tenantId, tenantId), eq(accessReviews.id, reviewId)));
    if (found?.review.status !== "open") return null;
    const { review, tenant, email } = found;
    const { undecided } = (await progressOf(tx, tenantId, [reviewId], call.clock.now()))(reviewId);
    if (undecided === 0) return null;
    const url = new URL(`/t/${tenant.slug}/access-reviews/${reviewId}?only=undecided`, env().CONDUCTOR_PUBLIC_URL);
    return {
      ...{ to: email, tenantName: tenant.name, title: review.title, undecided, url: url.href },
      dueAt: review.dueAt.toISOString(),
    };
  });
}
