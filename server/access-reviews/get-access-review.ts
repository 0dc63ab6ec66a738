import { and, eq } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { decide } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import type { Action } from "@/policies/access/vocabulary";
import { nameReferences } from "@/server/receipts";
import { defineRead, policiesOf, type Scope } from "@/server/verb";
import { isOverdue } from "./domain/schedule";
import { loadReview, type ReviewRow, reviewResource } from "./load";
import { namePeople } from "./name-people";
import { progressOf } from "./progress";
import { accessReviewSchema } from "./schemas";

function whyPolicyDenies({ ctx }: Scope, action: Action): string | null {
  const resource = reviewResource(ctx.tenantId);
  const decision = decide(policiesOf(ctx.tenant), { principal: ctx.principal, action, resource });
  return decision.allow ? null : explainDenial(action, decision);
}

/** Why the caller decides about nothing here, in words; null when they may. */
function whyNoReviewer(scope: Scope, { status, reviewers }: ReviewRow): string | null {
  if (status !== "open") return "This review is closed.";
  return (
    whyPolicyDenies(scope, "access_review.decide") ??
    (reviewers.includes(scope.ctx.principal.id) ? null : "You are not among the reviewers whom it names.")
  );
}

/** One review: what it looks at, who decides, how far it is, and what the caller may do with it. */
export const getAccessReview = defineRead({
  action: "access_review.read",
  input: accessReviewSchema,
  load: loadReview,
  read: async (scope, _input, { review }) => {
    const { ctx, tx, now } = scope;
    const names = await nameReferences(scope, [
      review.openedBy,
      ...(review.closedBy === null ? [] : [review.closedBy]),
    ]);
    const people = await namePeople(tx, review.reviewers);
    const [next] = await tx
      .select({ id: accessReviews.id })
      .from(accessReviews)
      .where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.previousId, review.id)));
    const nameOf = (reference: string | null) =>
      reference === null ? null : (names.get(reference)?.name ?? reference);
    return {
      ...{ id: review.id, title: review.title, scope: review.scope, repeatsMonths: review.repeatsMonths },
      ...{ status: isOverdue(review, now) ? ("overdue" as const) : review.status, isOpen: review.status === "open" },
      ...{ dueAt: review.dueAt.toISOString(), openedAt: review.openedAt.toISOString() },
      ...{ openedByName: nameOf(review.openedBy) ?? "", closedByName: nameOf(review.closedBy) },
      ...{ closedAt: review.closedAt?.toISOString() ?? null, nextAt: review.nextAt?.toISOString() ?? null },
      ...{ previousId: review.previousId, nextId: next?.id ?? null, evidenceDigest: review.evidenceDigest },
      reviewers: review.reviewers.map((id) => people.get(id)?.name ?? people.get(id)?.email ?? id),
      progress: (await progressOf(tx, ctx.tenantId, [review.id], now))(review.id),
      whyNoReviewer: whyNoReviewer(scope, review),
      mayClose: review.status === "open" && whyPolicyDenies(scope, "access_review.close") === null,
    };
  },
});
