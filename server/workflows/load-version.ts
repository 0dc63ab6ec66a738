import { and, asc, desc, eq } from "drizzle-orm";
import { workflowReviews, workflows, workflowVersions } from "@/db/schema";
import type { GovernedResource } from "@/policies/access/request";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

export type VersionRow = typeof workflowVersions.$inferSelect;
export type WorkflowRow = typeof workflows.$inferSelect;

/** A version or workflow as policy sees it. */
export function workflowResource(
  row: Pick<
    VersionRow,
    "tenantId" | "environment" | "region" | "riskProfile" | "businessUnit" | "dataSensitivity" | "contributors"
  >,
): Extract<GovernedResource, { subject: "workflow" }> {
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity, contributors } = row;
  return {
    subject: "workflow",
    tenantId,
    environment,
    region,
    riskProfile,
    businessUnit,
    dataSensitivity,
    contributors,
  };
}

/** A version of this tenant, locked for change; throws NotFound. */
export async function loadVersion({ ctx, tx }: Scope, { versionId }: { versionId: string }) {
  const [version] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, versionId)))
    .for("update");
  if (version === undefined) throw notFound("workflow version");
  return { version, resource: workflowResource(version), subject: `workflow_version:${version.id}` };
}

async function withNewestVersion({ ctx, tx }: Scope, workflow: WorkflowRow | undefined) {
  if (workflow === undefined) throw notFound("workflow");
  const [newest] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.workflowId, workflow.id)))
    .orderBy(desc(workflowVersions.number))
    .limit(1);
  if (newest === undefined) throw notFound("workflow");
  return { workflow, newest, resource: workflowResource(newest), subject: `workflow:${workflow.id}` };
}

/** A workflow of this tenant with its newest version, locked for change; throws NotFound. */
export async function loadWorkflow(scope: Scope, { workflowId }: { workflowId: string }) {
  const { ctx, tx } = scope;
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)))
    .for("update");
  return withNewestVersion(scope, workflow);
}

/** The same by slug, for reading. */
export async function loadWorkflowBySlug(scope: Scope, { slug }: { slug: string }) {
  const { ctx, tx } = scope;
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.slug, slug)));
  return withNewestVersion(scope, workflow);
}

/** All reviews of a version, oldest first. */
export function reviewsOf({ ctx, tx }: Scope, versionId: string) {
  return tx
    .select()
    .from(workflowReviews)
    .where(and(eq(workflowReviews.tenantId, ctx.tenantId), eq(workflowReviews.versionId, versionId)))
    .orderBy(asc(workflowReviews.createdAt), asc(workflowReviews.id));
}
