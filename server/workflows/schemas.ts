import { z } from "zod";
import { REVIEW_VERDICTS } from "@/server/workflows/domain/review-verdict";
import { idSchema, pageSchema, slugSchema } from "@/server/kernel/schemas";

// A definition is checked by `checkDefinition`, which answers with every fault at once and its path.
const definition = z.json();
const contentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/, "must be a content hash");
const comment = z.string().trim().max(4_000, "must have at most 4000 characters");

export const createWorkflowSchema = z.strictObject({ slug: slugSchema, definition });
export const saveDraftSchema = z.strictObject({
  workflowId: idSchema("workflow"),
  /** Content hash of the newest version as the editor loaded it. */
  baseHash: contentHash,
  definition,
});
export const versionSchema = z.strictObject({ versionId: idSchema("workflowVersion") });
export const reviewVersionSchema = z
  .strictObject({
    versionId: idSchema("workflowVersion"),
    /** What was read; a review of anything else does not count. */
    contentHash,
    verdict: z.enum(REVIEW_VERDICTS),
    comment: comment.default(""),
  })
  .refine(({ verdict, comment: text }) => verdict === "approved" || text !== "", {
    path: ["comment"],
    error: "must say what should change",
  });
export const publishVersionSchema = z.strictObject({ versionId: idSchema("workflowVersion"), contentHash });
export const workflowSchema = z.strictObject({ workflowId: idSchema("workflow") });
export const workflowBySlugSchema = z.strictObject({ slug: slugSchema });
export const checkDefinitionSchema = z.strictObject({ definition });
export const listWorkflowsSchema = pageSchema.extend({
  /** Part of the name or slug. */
  text: z.string().trim().max(120).optional(),
});
