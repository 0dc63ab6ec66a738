import { and, eq } from "drizzle-orm";
import { workflows, workflowVersions } from "@/db/schema";
import { conflict, must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { workflowRetired } from "./events";
import { loadWorkflow, workflowResource } from "./load-version";
import { workflowSchema } from "./schemas";

/**
 * A workflow as the version that runs, which is what is taken out of use: a draft beside it may be more or less
 * sensitive. The newest version stands in while none is published. Throws NotFound.
 */
async function loadWhatRuns(scope: Scope, input: { workflowId: string }) {
  const { ctx, tx } = scope;
  const loaded = await loadWorkflow(scope, input);
  const { publishedVersionId } = loaded.workflow;
  if (publishedVersionId === null) return { ...loaded, published: null };
  const [version] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, publishedVersionId)));
  const published = must(version, "the published version of a workflow exists");
  return { ...loaded, published, resource: workflowResource(published) };
}

/** Takes the published version out of use: no new run starts. Refuses when none is published (Conflict). */
export const retireWorkflow = defineWrite({
  action: "workflow.retire",
  receipt: "workflow.retire",
  input: workflowSchema,
  load: loadWhatRuns,
  write: async ({ ctx, tx, now }, _input, { workflow, published }) => {
    if (published === null) throw conflict("This workflow has no published version.");
    const { tenantId } = ctx;
    const versionId = published.id;
    await tx
      .update(workflowVersions)
      .set({ status: "retired", retiredAt: now })
      .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.id, versionId)));
    await tx
      .update(workflows)
      .set({ publishedVersionId: null, updatedAt: now })
      .where(and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflow.id)));
    return {
      value: { versionId },
      detail: { versionId },
      events: [eventOf(workflowRetired, { tenantId, workflowId: workflow.id, versionId })],
    };
  },
});
