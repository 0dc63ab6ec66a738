import { and, eq } from "drizzle-orm";
import { workflows } from "@/db/schema";
import { invalid, notFound, preconditionFailed } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { type ExecutionClass, mayAskFor } from "@/server/workflows/domain/execution-class";
import { admitRun, stagesBefore, tellingOfFullQueue } from "./admit-run";
import { checkRunInput, withDefaults } from "./domain/check-input";
import { runResource } from "./load-run";
import { publishedOf } from "./published-version";
import { startRunSchema } from "./schemas";

interface Asked {
  workflowId: string;
  executionClass?: ExecutionClass | undefined;
}

/** The published version of a workflow: the run that would be, as policy sees it. */
async function loadPublished({ ctx, tx }: Scope, { workflowId, executionClass }: Asked) {
  const [version] = await publishedOf(tx, { tenantId: ctx.tenantId, workflowId, asked: executionClass ?? null });
  if (version !== undefined) return { version, resource: runResource(version), subject: `workflow:${workflowId}` };
  const [workflow] = await tx
    .select({ publishedVersionId: workflows.publishedVersionId })
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (workflow === undefined) throw notFound("workflow");
  if (workflow.publishedVersionId === null)
    throw preconditionFailed("This workflow has no published version. Publish one first.");
  throw preconditionFailed("This workflow was retired a moment ago.");
}

/**
 * Starts a run of the published version. The same idempotency key gives the same run again; with another input or
 * class it is refused (Conflict). Refuses input that the workflow does not declare (Invalid, by field), and any start while a kill is
 * on over the workflow (PreconditionFailed), a class more urgent than the workflow's (Invalid), and a start beyond the
 * tenant's quota of queued runs (LimitReached). Under a pause the run queues, and nothing asks for it before the pause is
 * lifted; the same while its start waits for the approval that the pack or the workflow asks for.
 */
const start = defineWrite({
  action: "run.start",
  receipt: "run.start",
  input: startRunSchema,
  load: loadPublished,
  write: async (scope, { workflowId, input: given, idempotencyKey, executionClass: asked }, { version }, decision) => {
    const issues = checkRunInput(version.declared, given);
    if (issues.length > 0)
      throw invalid(
        `The input is not what the workflow declares: ${issues.map((i) => `${i.path} ${i.message}`).join("; ")}.`,
        {
          fields: issues,
        },
      );
    const input = withDefaults(version.declared, given);
    const { status: _status, declared: _declared, reviewedClass, approvalRisk, ...rest } = version;
    const followed = { ...rest, startStages: stagesBefore(decision, { ...rest, approvalRisk }) };
    const executionClass = asked ?? reviewedClass;
    if (!mayAskFor(executionClass, reviewedClass))
      throw invalid(`This workflow is of class ${reviewedClass}: a start may only ask for a less urgent one.`, {
        fields: [{ path: "executionClass", message: `must not be more urgent than ${reviewedClass}` }],
      });
    const detail = executionClass === reviewedClass ? {} : { executionClass };
    const admission = { version: followed, workflowId, input, idempotencyKey, executionClass, detail };
    return admitRun(scope, { ...admission, isClassAsked: asked !== undefined });
  },
});

export const startRun = tellingOfFullQueue(start);
