import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { type runs, runSteps, workflows, workflowVersions } from "@/db/schema";
import type { HoldKind } from "@/server/holds/domain/hold";
import { conflict, invalid, must, preconditionFailed } from "@/server/kernel/errors";
import { mostQueuedRuns, queuedRuns } from "@/server/quotas";
import { authorise, defineWrite, type Scope } from "@/server/verb";
import { stepsAround } from "@/server/workflows/domain/ways";
import { approvalRisk } from "./approval-risk";
import { admitRun, stagesBefore, tellingOfFullQueue } from "./admit-run";
import { stepsAskedBefore } from "./asked-before";
import { isFinal } from "./domain/status";
import { readTaskId } from "./domain/task";
import { loadRun, runResource } from "./load-run";
import { rerunRunSchema } from "./schemas";

const { tenantId, number, contentHash, environment, region, riskProfile, businessUnit, dataSensitivity, importance } =
  getTableColumns(workflowVersions);

/** A run with the version that it followed: the run that would be, as policy sees it. */
async function loadFollowed(scope: Scope, { runId }: { runId: string }) {
  const { ctx, tx } = scope;
  const { run, subject } = await loadRun(scope, { runId });
  const [followed] = await tx
    .select({
      version: {
        ...{ versionId: workflowVersions.id, tenantId, number, contentHash, environment, region, riskProfile },
        ...{ businessUnit, dataSensitivity, importance },
        hold: sql<HoldKind | null>`hold_on(${run.tenantId}, ${run.workflowId}, ${run.executionClass}, null)`,
        queued: queuedRuns(run.tenantId),
        mostQueued: mostQueuedRuns(run.tenantId),
        approvalRisk: approvalRisk(run.tenantId),
      },
      ...{ publishedId: workflows.publishedVersionId, definition: workflowVersions.definition },
    })
    .from(workflowVersions)
    .innerJoin(workflows, and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflowVersions.workflowId)))
    .where(and(eq(tenantId, ctx.tenantId), eq(workflowVersions.id, run.versionId)))
    // The version cannot retire between this decision and the commit.
    .for("share", { of: workflowVersions });
  const { version, publishedId, definition } = must(followed, "a run's version exists, by foreign key");
  const startStages = definition.approval_to_start?.stages ?? null;
  return {
    run,
    version: { ...version, startStages },
    publishedId,
    definition,
    resource: runResource(version),
    subject,
  };
}

/** Refuses what another version has taken the place of: its steps may not be those that the run finished. */
function requirePublished(
  run: typeof runs.$inferSelect,
  version: { number: number; contentHash: string },
  publishedId: string | null,
) {
  if (publishedId === run.versionId && version.contentHash === run.contentHash) return;
  throw preconditionFailed(
    `This run followed version ${version.number}, which is not the published one any more. A run can be repeated from a step only while the version that it followed is published.`,
    { reason: "version-not-published" },
  );
}

/**
 * Starts a new run of the same version and input that begins with a step which an ended run had begun, and takes over
 * what that run finished before, but for approvals: those, and calls of runs that were asked about, are asked and made again
 * (`asksAgain`: ids of these steps), and what lies behind one begins only once it is given. Allowed to whoever may start the workflow. Refuses a run that goes on (Conflict), a step
 * that it never began (Invalid), a version that is not published any more, and any start while a kill is on
 * (PreconditionFailed). Under a pause, and until its start is approved, it queues as any other.
 */
const rerun = defineWrite({
  action: "run.start",
  receipt: "run.rerun",
  input: rerunRunSchema,
  load: loadFollowed,
  write: async (scope, { stepId, idempotencyKey }, { run, version, publishedId, definition, subject }, decision) => {
    // The new run carries what the old one took and gave.
    authorise(scope.ctx, "run.read", runResource(run), subject);
    if (!isFinal(run.status))
      throw conflict("The run goes on. It can be repeated once it has ended.", { status: run.status });
    requirePublished(run, version, publishedId);
    const [step] = await scope.tx
      .select({ position: runSteps.position })
      .from(runSteps)
      .where(and(eq(runSteps.tenantId, run.tenantId), eq(runSteps.runId, run.id), eq(runSteps.stepId, stepId)));
    if (step === undefined)
      throw invalid("The run never began this step, so it cannot be repeated from it.", {
        fields: [{ path: "stepId", message: "is no step that the run began" }],
      });
    const { workflowId, input, executionClass } = run;
    const { position } = step;
    const asksAgain = await stepsAskedBefore(scope.tx, { tenantId: run.tenantId, runId: run.id, position });
    const around = [readTaskId(stepId).stepId, ...asksAgain].flatMap((id) => stepsAround(definition, id));
    const repeats = { runId: run.id, stepId, position, anew: [...new Set([...asksAgain, ...around])] };
    const { approvalRisk: _rank, ...rest } = version;
    const followed = { ...rest, startStages: stagesBefore(decision, version) };
    const admission = { version: followed, workflowId, input, idempotencyKey, executionClass, repeats };
    const detail = asksAgain.length === 0 ? {} : { asksAgain };
    const admitted = await admitRun(scope, { ...admission, detail });
    return { ...admitted, value: { ...admitted.value, asksAgain } };
  },
});

export const rerunRun = tellingOfFullQueue(rerun);
