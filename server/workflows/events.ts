import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const version = z.strictObject({
  tenantId: idSchema("tenant"),
  workflowId: idSchema("workflow"),
  versionId: idSchema("workflowVersion"),
});

export const workflowSubmitted = defineEvent("workflow.submitted", version);
export const workflowReviewed = defineEvent(
  "workflow.reviewed",
  version.extend({ verdict: z.enum(["approved", "changes_requested"]) }),
);
export const workflowPublished = defineEvent("workflow.published", version);
export const workflowRetired = defineEvent("workflow.retired", version);
