import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { workflows, workflowVersions } from "@/db/schema";
import type { Stage } from "@/server/approvals/domain/chain";
import { approvalRisk } from "./approval-risk";
import type { HoldKind } from "@/server/holds/domain/hold";
import { mostQueuedRuns, queuedRuns } from "@/server/quotas";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";

const { status, number, contentHash, environment, region, riskProfile, businessUnit, dataSensitivity, importance } =
  getTableColumns(workflowVersions);

/** The published version of a workflow, with what decides about a start of it: the hold that is on, and the queue. */
export const publishedOf = prepared("published-version", (db) =>
  db
    .select({
      ...{ versionId: workflowVersions.id, tenantId: workflowVersions.tenantId, status, number, contentHash },
      ...{ environment, region, riskProfile, businessUnit, dataSensitivity, importance },
      reviewedClass: sql<ExecutionClass>`coalesce(${workflowVersions.definition} ->> 'execution_class', 'standard')`,
      hold: sql<HoldKind | null>`hold_on(${sql.placeholder("tenantId")}, ${sql.placeholder("workflowId")},
        coalesce(${sql.placeholder("asked")}, ${workflowVersions.definition} ->> 'execution_class', 'standard'), null)`,
      queued: queuedRuns(sql.placeholder("tenantId")),
      mostQueued: mostQueuedRuns(sql.placeholder("tenantId")),
      approvalRisk: approvalRisk(sql.placeholder("tenantId")),
      startStages: sql`${workflowVersions.definition} -> 'approval_to_start' -> 'stages'`.mapWith(
        (text: string) => JSON.parse(text) as readonly Stage[],
      ),
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
