import { and, eq } from "drizzle-orm";
import { accessReviewItems } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { authorise, defineWrite } from "@/server/verb";
import type { Access } from "./domain/access";
import { accessReviewDecided } from "./events";
import { loadReviewForChange, reviewResource } from "./load";
import { authoriseReviewer, decidableAccess, loadItems } from "./load-item";
import { keepAccessSchema } from "./schemas";

/** Keeps the access of several holders of one review at once, or of none: each is decided about as by itself. */
export const keepAccess = defineWrite({
  action: "access_review.decide",
  receipt: "access_review.decide",
  input: keepAccessSchema,
  load: loadReviewForChange,
  write: async (scope, { reviewId, items, comment }, found) => {
    const { ctx, tx, now } = scope;
    const { review, subject } = found;
    const loaded = await loadItems(
      ...([scope, reviewId] as const),
      items.map(({ itemId }) => itemId),
    );
    for (const { about } of loaded)
      authorise(ctx, "access_review.decide", reviewResource(ctx.tenantId, about), subject);
    authoriseReviewer(scope, found, review);
    const hashes = new Map(items.map(({ itemId, accessHash }) => [itemId, accessHash]));
    const kept: { id: string; holder: string; access: Access }[] = loaded.map(({ item, access }) => ({
      ...{ id: item.id, holder: `${item.kind}:${item.holderId}` },
      access: decidableAccess(review, item, access, must(hashes.get(item.id), "it was asked for by its id")),
    }));
    for (const { id, access } of kept)
      await tx
        .update(accessReviewItems)
        .set({ verdict: "keep", comment, decidedOn: access, decidedBy: ctx.principal.id, decidedAt: now })
        .where(and(eq(accessReviewItems.tenantId, ctx.tenantId), eq(accessReviewItems.id, id)));
    return {
      value: { kept: kept.length },
      detail: { verdict: "keep", holders: kept.map(({ holder }) => holder), comment },
      events: [eventOf(accessReviewDecided, { tenantId: ctx.tenantId, reviewId })],
    };
  },
});
