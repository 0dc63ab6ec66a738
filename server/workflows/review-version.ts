import { and, eq } from "drizzle-orm";
import { workflowReviews, workflowVersions } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { statusAfter } from "./domain/version-life";
import { workflowReviewed } from "./events";
import { loadVersion } from "./load-version";
import { reviewVersionSchema } from "./schemas";

/**
 * Approves a version in review or asks for changes, which takes it back to draft. Policy refuses contributors.
 * Refuses a version that is not in review, or whose text is not what the reviewer read (Conflict).
 */
export const reviewVersion = defineWrite({
  action: "workflow.review",
  receipt: "workflow.review",
  input: reviewVersionSchema,
  load: loadVersion,
  write: async ({ ctx, tx, now }, { contentHash, verdict, comment }, { version }) => {
    if (version.status !== "in_review") throw conflict(`This version is ${version.status}, not in review.`);
    if (version.contentHash !== contentHash)
      throw conflict("The text changed after you read it. Read it again before you decide.");
    const { tenantId } = ctx;
    const { id: versionId, workflowId } = version;
    await tx.insert(workflowReviews).values({
      ...{ tenantId, id: ctx.newId("review"), versionId, contentHash, verdict, comment },
      ...{ reviewerId: ctx.principal.id, createdAt: now },
    });
    const status =
      (verdict === "changes_requested" && statusAfter(version.status, "request_changes")) || version.status;
    if (status !== version.status)
      await tx
        .update(workflowVersions)
        .set({ status, updatedAt: now })
        .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.id, versionId)));
    return {
      value: { versionId, status },
      detail: { verdict, contentHash },
      events: [eventOf(workflowReviewed, { tenantId, workflowId, versionId, verdict })],
    };
  },
});
