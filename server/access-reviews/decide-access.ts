import { and, eq } from "drizzle-orm";
import { accessReviewItems } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { accessHash } from "./domain/access";
import { accessReviewDecided } from "./events";
import { accessOf, authoriseReviewer, decidableAccess, loadItem } from "./load-item";
import { decideAccessSchema } from "./schemas";
import { takeAccess } from "./take-access";

/**
 * Decides that a holder keeps their access, or takes some or all of it in the same transaction. Policy refuses whomever it is
 * about, and all programs; refused too (Forbidden) is whom the review does not name, and taking roles that neither they nor
 * the review's opener could take. Conflict: it was decided, closed, ended or changed since it was read, or this is the last
 * holder of a role that the tenant needs.
 */
export const decideAccess = defineWrite({
  action: "access_review.decide",
  receipt: "access_review.decide",
  input: decideAccessSchema,
  load: loadItem,
  write: async (scope, { itemId, accessHash: hash, keeps, removedRoles, comment }, found) => {
    const { ctx, tx, now } = scope;
    const { item, review, holder } = found;
    const verdict = keeps ? ("keep" as const) : ("remove" as const);
    authoriseReviewer(scope, found, review);
    const access = decidableAccess(review, item, holder === null ? null : accessOf(holder), hash);
    const events = keeps || holder === null ? [] : await takeAccess(scope, found, holder, removedRoles);
    await tx
      .update(accessReviewItems)
      .set({
        ...{ verdict, comment, removedRoles: removedRoles ?? null, decidedOn: access },
        ...{ decidedBy: ctx.principal.id, decidedAt: now },
      })
      .where(and(eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.id, itemId)));
    const isChanged = accessHash(item.snapshot.access) !== hash;
    const removed = keeps ? null : (removedRoles ?? "everything");
    return {
      value: { itemId, verdict },
      detail: {
        itemId,
        holder: `${item.kind}:${item.holderId}`,
        verdict,
        removed,
        comment,
        on: { ...access },
        isChanged,
      },
      events: [...events, eventOf(accessReviewDecided, { tenantId: ctx.tenantId, reviewId: review.id })],
    };
  },
});
