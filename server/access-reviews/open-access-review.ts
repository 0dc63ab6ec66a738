import { and, count, eq } from "drizzle-orm";
import { accessReviews } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { forbidden, invalid, limitReached, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { lockTenant } from "@/server/members";
import { defineWrite, type Scope } from "@/server/verb";
import { DUE_DAYS_MAX } from "./domain/schedule";
import { accessReviewOpened } from "./events";
import { loadReviews } from "./load";
import { findReviewers, refuseReviewers, type Reviewer } from "./reviewers";
import { openAccessReviewSchema } from "./schemas";
import { startReview } from "./start-review";
import { type Held, takeSnapshot } from "./take-snapshot";

/** Reviews that may be open at once, and holders that one may look at: more than people can work through. */
const OPEN_MAX = 20;
const HELD_MAX = 5_000;
const DAY_MS = 86_400_000;

async function refuseTooMany({ ctx, tx }: Scope): Promise<void> {
  const [open] = await tx
    .select({ count: count() })
    .from(accessReviews)
    .where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.status, "open")));
  if (open !== undefined && open.count >= OPEN_MAX)
    throw limitReached(`A tenant may have ${OPEN_MAX} open reviews. Close one first.`, { limit: OPEN_MAX });
}

function refuseDueDate(dueAt: Date, now: Date): void {
  const days = (dueAt.getTime() - now.getTime()) / DAY_MS;
  if (days > 0 && days <= DUE_DAYS_MAX) return;
  const message = `must be in the future, ${DUE_DAYS_MAX} days at most`;
  throw invalid(`The due date ${message}.`, { fields: [{ path: "dueAt", message }] });
}

/** Nobody decides about themselves, so a holder whom all reviewers stand behind would never be decided about. */
function refuseUnreviewable(held: readonly Held[], reviewers: readonly Reviewer[]): void {
  const left = held.filter(({ about }) => reviewers.every(({ userId }) => about.includes(userId)));
  if (left.length === 0) return;
  const names = left.slice(0, 5).map(({ snapshot }) => snapshot.name);
  throw preconditionFailed(`Nobody but themselves would decide about ${names.join(", ")}. Name another reviewer too.`, {
    reason: "second-reviewer",
    names,
  });
}

/**
 * Opens a review: what each holder has is written down as it is now, and the reviewers are asked. Refuses reviewers who are
 * no members (NotFound) or may not decide (Invalid), whom nobody else would decide about (PreconditionFailed), nothing to
 * look at (PreconditionFailed), and more than 20 at once or 5,000 holders (LimitReached). Only people open one.
 */
export const openAccessReview = defineWrite({
  action: "access_review.open",
  receipt: "access_review.open",
  feature: "access-reviews",
  input: openAccessReviewSchema,
  load: async (scope) => {
    await lockTenant(scope.tx, scope.ctx.tenantId);
    return loadReviews(scope);
  },
  write: async (scope, { title, roles, withApiKeys, reviewerIds, dueAt, repeatsMonths = null }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    if (ctx.actor.kind !== "user")
      throw forbidden("Only a person opens a review of access: it is opened in their name.");
    refuseDueDate(dueAt, now);
    await refuseTooMany(scope);
    const reviewers = await findReviewers(tx, tenantId, { column: "id", ids: reviewerIds });
    await refuseReviewers(scope, reviewerIds, reviewers);
    const reviewed = { roles, withApiKeys };
    const held = await takeSnapshot(tx, tenantId, reviewed, now);
    if (held.length === 0) throw preconditionFailed("Nobody here has what you want to review.", { reason: "nothing" });
    if (held.length > HELD_MAX)
      throw limitReached(`A review looks at ${HELD_MAX} holders at most. Choose fewer roles.`, { limit: HELD_MAX });
    refuseUnreviewable(held, reviewers);
    const people = reviewers.map(({ userId }) => userId);
    const reviewId = await startReview(
      ...([tx, { tenantId, newId: ctx.newId, now }] as const),
      {
        ...{ title, scope: reviewed, reviewers: people, dueAt, repeatsMonths, previousId: null },
        ...{ openedBy: actorRef(ctx.actor), sponsorId: ctx.actor.userId },
      },
      held,
    );
    return {
      value: { reviewId, holders: held.length },
      subject: `access_review:${reviewId}`,
      detail: {
        title,
        scope: reviewed,
        reviewers: people,
        dueAt: dueAt.toISOString(),
        repeatsMonths,
        holders: held.length,
      },
      events: [eventOf(accessReviewOpened, { tenantId, reviewId })],
    };
  },
});
