import { and, desc, eq } from "drizzle-orm";
import { type runs, workflows, workflowVersions } from "@/db/schema";
import type { Resource } from "@/policies/access/request";
import { isGoverned, isProposed, subjectOf } from "@/policies/access/vocabulary";
import { notFound } from "@/server/kernel/errors";
import { loadRun } from "@/server/runs";
import { authorise, policiesOf, type Scope } from "@/server/verb";
import type { AskedThing } from "./schemas";

/** The policy at large, and nobody's proposal of it. */
export async function loadPolicy({ ctx }: Scope) {
  return {
    resource: { subject: "policy" as const, tenantId: ctx.tenantId, requesters: [] },
    subject: `tenant:${ctx.tenantId}`,
  };
}

type Attributes = Pick<
  typeof runs.$inferSelect,
  "environment" | "region" | "riskProfile" | "businessUnit" | "dataSensitivity"
>;

interface Found {
  name: string;
  attributes: Attributes;
  contributors: string[];
}

/** A workflow as its newest version is, which the caller must be cleared for; throws NotFound, Forbidden. */
async function findWorkflow({ ctx, tx }: Scope, workflowId: string): Promise<Found> {
  const [found] = await tx
    .select({ version: workflowVersions, name: workflows.name })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.workflowId, workflows.id)),
    )
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)))
    .orderBy(desc(workflowVersions.number))
    .limit(1);
  if (found === undefined) throw notFound("workflow");
  const { environment, region, riskProfile, businessUnit, dataSensitivity, contributors } = found.version;
  const attributes = { environment, region, riskProfile, businessUnit, dataSensitivity };
  const resource = { subject: "workflow" as const, tenantId: ctx.tenantId, ...attributes, contributors };
  authorise(ctx, "workflow.read", resource, `workflow:${workflowId}`);
  return { name: found.name, attributes, contributors };
}

/** A run, which the caller must be cleared for; throws NotFound, Forbidden. */
async function findRun(scope: Scope, runId: string): Promise<Found> {
  const { run, resource, subject } = await loadRun(scope, { runId });
  authorise(scope.ctx, "run.read", resource, subject);
  const { environment, region, riskProfile, businessUnit, dataSensitivity } = run;
  return {
    name: runId,
    attributes: { environment, region, riskProfile, businessUnit, dataSensitivity },
    contributors: [],
  };
}

/** What is asked about, as policy sees it, and what it is called; a run counts before a workflow. */
export async function loadThing(scope: Scope, asked: AskedThing): Promise<{ resource: Resource; name: string | null }> {
  const { tenantId, tenant } = scope.ctx;
  const [{ regions }] = policiesOf(tenant);
  const { action, workflowId, runId, askedRole } = asked;
  const workflow = workflowId === undefined ? null : await findWorkflow(scope, workflowId);
  const run = runId === undefined ? null : await findRun(scope, runId);
  const subject = subjectOf(action);
  if (!isGoverned(subject))
    return {
      // The words of a kind without attributes are all that policy asks of it.
      resource: { subject, tenantId, ...(isProposed(subject) ? { requesters: [] } : {}) } as Resource,
      name: null,
    };
  const found = run ?? workflow;
  const attributes: Attributes = found?.attributes ?? {
    ...{ environment: asked.environment, region: asked.region ?? regions[0] ?? "", riskProfile: asked.risk },
    ...{ businessUnit: asked.businessUnit, dataSensitivity: asked.sensitivity },
  };
  // Nobody contributes to a run or a trigger.
  const contributors = subject === "workflow" || subject === "approval" ? (workflow?.contributors ?? []) : [];
  const resource = {
    ...{ subject, tenantId, ...attributes, contributors },
    ...(subject === "approval" ? { role: askedRole, requesters: [], voters: [] } : {}),
  } as Resource;
  return { resource, name: found?.name ?? null };
}
