import { and, asc, eq } from "drizzle-orm";
import { accessReviewItems, accessReviews } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson, digestText } from "@/server/kernel/json";
import { defineWrite, revisionOf, type Scope } from "@/server/verb";
import { type Evidence, evidenceOf, undecidedOf } from "./domain/evidence";
import { accessReviewClosed } from "./events";
import { presentHolders } from "./holders";
import { loadReviewForChange, type ReviewRow } from "./load";
import { namePeople } from "./name-people";
import { closeAccessReviewSchema } from "./schemas";

/** Undecided holders whose names a refusal or a receipt lists at most. */
const NAMED_MAX = 50;

async function itemsOf({ ctx, tx, now }: Scope, reviewId: string) {
  const rows = await tx
    .select()
    .from(accessReviewItems)
    .where(and(eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.reviewId, reviewId)))
    .orderBy(asc(accessReviewItems.id));
  const open = rows.filter(({ verdict }) => verdict === null);
  const present = await presentHolders(tx, ctx.tenantId, open, now);
  return rows.map((row) => ({ ...row, isGone: row.verdict === null && !present.has(row.holderId) }));
}

async function recordOf(
  scope: Scope,
  review: ReviewRow,
  items: Awaited<ReturnType<typeof itemsOf>>,
): Promise<Evidence> {
  const { ctx, tx, now } = scope;
  const deciders = items.map(({ decidedBy }) => decidedBy).filter((id) => id !== null);
  return evidenceOf({
    ...{ tenant: { id: ctx.tenantId, slug: ctx.tenant.slug, name: ctx.tenant.name }, review, items },
    ...{ revision: revisionOf(ctx.tenant), closedBy: actorRef(ctx.actor), closedAt: now },
    people: await namePeople(tx, [...review.reviewers, ...deciders]),
  });
}

/**
 * Closes a review and makes its evidence record, whose SHA-256 the receipt holds; the record goes to the blob store after the
 * commit. Refuses while something is undecided (PreconditionFailed, which names it), unless it is to be closed as incomplete,
 * and one that is closed (Conflict).
 */
export const closeAccessReview = defineWrite({
  action: "access_review.close",
  receipt: "access_review.close",
  input: closeAccessReviewSchema,
  load: loadReviewForChange,
  write: async (scope, { reviewId, isIncomplete, endsRepeating }, { review }) => {
    const { ctx, tx, now } = scope;
    if (review.status !== "open") throw conflict("This review was closed already.", { status: review.status });
    const items = await itemsOf(scope, reviewId);
    const undecided = undecidedOf(items);
    if (undecided.length > 0 && !isIncomplete)
      throw preconditionFailed(
        `Nobody has decided about ${undecided.length}: ${undecided.slice(0, 5).join(", ")}. Decide, or close it as incomplete.`,
        { reason: "undecided", undecided: undecided.slice(0, NAMED_MAX) },
      );
    const record = await recordOf(scope, review, items);
    const evidence = canonicalJson(record);
    const evidenceDigest = digestText(evidence);
    const status = undecided.length === 0 ? ("closed" as const) : ("incomplete" as const);
    await tx
      .update(accessReviews)
      .set({
        ...{ status, closedBy: actorRef(ctx.actor), closedAt: now, evidence, evidenceDigest },
        ...(endsRepeating ? { nextAt: null } : {}),
      })
      .where(and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, reviewId)));
    return {
      value: { reviewId, status, evidenceDigest },
      detail: {
        ...{ status, evidenceDigest, evidenceBytes: Buffer.byteLength(evidence), counts: { ...record.counts } },
        ...{ undecided: undecided.slice(0, NAMED_MAX), endsRepeating },
      },
      events: [eventOf(accessReviewClosed, { tenantId: ctx.tenantId, reviewId })],
    };
  },
});
