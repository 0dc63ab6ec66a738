import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { workflows, workflowVersions } from "@/db/schema";
import type { HoldKind } from "@/server/holds/domain/hold";
import { invalid, notFound, preconditionFailed } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import { admitRun } from "./admit-run";
import { checkRunInput, withDefaults } from "./domain/check-input";
import { runResource } from "./load-run";
import { startRunSchema } from "./schemas";

const { status, number, contentHash, environment, region, riskProfile, businessUnit, dataSensitivity, importance } =
  getTableColumns(workflowVersions);

const publishedOf = prepared("published-version", (db) =>
  db
    .select({
      ...{ versionId: workflowVersions.id, tenantId: workflowVersions.tenantId, status, number, contentHash },
      ...{ environment, region, riskProfile, businessUnit, dataSensitivity, importance },
      hold: sql<HoldKind | null>`hold_on(${sql.placeholder("tenantId")}, ${sql.placeholder("workflowId")}, null)`,
      declared: sql`${workflowVersions.definition} -> 'input'`.mapWith(
        (text: string) => JSON.parse(text) as WorkflowDefinition["input"],
      ),
    })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(
        eq(workflowVersions.tenantId, workflows.tenantId),
        eq(workflowVersions.id, workflows.publishedVersionId),
        eq(workflowVersions.status, "published"),
      ),
    )
    .where(and(eq(workflows.tenantId, sql.placeholder("tenantId")), eq(workflows.id, sql.placeholder("workflowId"))))
    // The version cannot retire between this decision and the commit.
    .for("share", { of: workflowVersions }),
);

/** The published version of a workflow: the run that would be, as policy sees it. */
async function loadPublished({ ctx, tx }: Scope, { workflowId }: { workflowId: string }) {
  const [version] = await publishedOf(tx, { tenantId: ctx.tenantId, workflowId });
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
 * Starts a run of the published version. The same idempotency key gives the same run again; with another input it is
 * refused (Conflict). Refuses input that the workflow does not declare (Invalid, by field), and any start while a kill is
 * on over the workflow (PreconditionFailed). Under a pause the run queues, and nothing asks for it before the pause is
 * lifted.
 */
export const startRun = defineWrite({
  action: "run.start",
  receipt: "run.start",
  input: startRunSchema,
  load: loadPublished,
  write: async (scope, { workflowId, input: given, idempotencyKey }, { version }) => {
    const issues = checkRunInput(version.declared, given);
    if (issues.length > 0)
      throw invalid(
        `The input is not what the workflow declares: ${issues.map((i) => `${i.path} ${i.message}`).join("; ")}.`,
        {
          fields: issues,
        },
      );
    const input = withDefaults(version.declared, given);
    const { status: _status, declared: _declared, ...followed } = version;
    return admitRun(scope, { version: followed, workflowId, input, idempotencyKey });
  },
});
