import { and, eq } from "drizzle-orm";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, notFound, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson } from "@/server/kernel/json";
import { defineWrite, type Scope } from "@/server/verb";
import { checkRunInput } from "./domain/check-input";
import { runStarted } from "./events";
import { runResource } from "./load-run";
import { startRunSchema } from "./schemas";

/** The published version of a workflow: the run that would be, as policy sees it. */
async function loadPublished({ ctx, tx }: Scope, { workflowId }: { workflowId: string }) {
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (workflow === undefined) throw notFound("workflow");
  if (workflow.publishedVersionId === null)
    throw preconditionFailed("This workflow has no published version. Publish one first.");
  const [version] = await tx
    .select()
    .from(workflowVersions)
    .where(and(eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.id, workflow.publishedVersionId)))
    // The version cannot retire between this decision and the commit.
    .for("share");
  if (version?.status !== "published") throw preconditionFailed("This workflow was retired a moment ago.");
  return { version, resource: runResource(version), subject: `workflow:${workflow.id}` };
}

async function findByKey({ ctx, tx }: Scope, workflowId: string, key: string) {
  const [existing] = await tx
    .select({ id: runs.id, input: runs.input })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.workflowId, workflowId), eq(runs.idempotencyKey, key)));
  return existing;
}

/**
 * Starts a run of the published version. The same idempotency key gives the same run again; with another input it is
 * refused (Conflict). Refuses input that the workflow does not declare (Invalid, by field).
 */
export const startRun = defineWrite({
  action: "run.start",
  receipt: "run.start",
  input: startRunSchema,
  load: loadPublished,
  write: async (scope, { workflowId, input, idempotencyKey }, { version }) => {
    const { ctx, tx, now } = scope;
    const issues = checkRunInput(version.definition.input, input);
    if (issues.length > 0)
      throw invalid(
        `The input is not what the workflow declares: ${issues.map((i) => `${i.path} ${i.message}`).join("; ")}.`,
        {
          fields: issues,
        },
      );
    const { tenantId } = ctx;
    const id = ctx.newId("run");
    const { environment, region, riskProfile, businessUnit, dataSensitivity, importance } = version;
    const inserted = await tx
      .insert(runs)
      .values({
        ...{
          tenantId,
          id,
          workflowId,
          versionId: version.id,
          contentHash: version.contentHash,
          status: "queued",
          input,
        },
        ...{ environment, region, riskProfile, businessUnit, dataSensitivity, importance },
        ...{ startedBy: actorRef(ctx.actor), idempotencyKey: idempotencyKey ?? null, createdAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: runs.id });
    if (inserted.length === 0 && idempotencyKey !== undefined) {
      const existing = await findByKey(scope, workflowId, idempotencyKey);
      if (existing === undefined || canonicalJson(existing.input) !== canonicalJson(input))
        throw conflict("This idempotency key was used with another input.", { field: "idempotencyKey" });
      return { value: { runId: existing.id, isNew: false }, subject: `run:${existing.id}`, detail: { repeated: true } };
    }
    return {
      value: { runId: id, isNew: true },
      subject: `run:${id}`,
      detail: { workflowId, version: version.number, contentHash: version.contentHash },
      events: [eventOf(runStarted, { tenantId, runId: id })],
    };
  },
});
