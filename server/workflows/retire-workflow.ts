import { and, eq } from "drizzle-orm";
import { workflows, workflowVersions } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { workflowRetired } from "./events";
import { loadWorkflow } from "./load-version";
import { workflowSchema } from "./schemas";

/** Takes the published version out of use: no new run starts. Refuses when none is published (Conflict). */
export const retireWorkflow = defineWrite({
  action: "workflow.retire",
  receipt: "workflow.retire",
  input: workflowSchema,
  load: loadWorkflow,
  write: async ({ ctx, tx, now }, _input, { workflow }) => {
    const versionId = workflow.publishedVersionId;
    if (versionId === null) throw conflict("This workflow has no published version.");
    const { tenantId } = ctx;
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
