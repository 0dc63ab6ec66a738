import { and, asc, eq } from "drizzle-orm";
import { runSteps, workflows, workflowVersions } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { nameReferences } from "@/server/receipts";
import { defineRead } from "@/server/verb";
import { loadRun } from "./load-run";
import { runSchema } from "./schemas";

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** One run with its steps in the order in which they began, and the definition that it follows. */
export const getRun = defineRead({
  action: "run.read",
  input: runSchema,
  load: loadRun,
  read: async (scope, _input, { run }) => {
    const { tx } = scope;
    const { tenantId } = run;
    const [followed] = await tx
      .select({ slug: workflows.slug, number: workflowVersions.number, definition: workflowVersions.definition })
      .from(workflowVersions)
      .innerJoin(workflows, and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflowVersions.workflowId)))
      .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.id, run.versionId)));
    const steps = await tx
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.tenantId, tenantId), eq(runSteps.runId, run.id)))
      .orderBy(asc(runSteps.position));
    const { slug, number, definition } = must(followed, "a run's version exists, by foreign key");
    const { id, status, environment, riskProfile, input, output, failure, startedBy, contentHash } = run;
    return {
      ...{ id, status, environment, riskProfile, input, output, failure, startedBy, contentHash },
      startedByName: (await nameReferences(scope, [startedBy])).get(startedBy)?.name ?? null,
      workflow: { slug, version: number, definition },
      createdAt: run.createdAt.toISOString(),
      startedAt: iso(run.startedAt),
      endedAt: iso(run.endedAt),
      steps: steps.map(({ stepId, position, type, name, status: stepStatus, attempt, ...step }) => ({
        ...{ stepId, position, type, name, status: stepStatus, attempt },
        ...{ input: step.input, output: step.output, failure: step.failure, failedAttempts: step.failedAttempts },
        startedAt: step.startedAt.toISOString(),
        endedAt: iso(step.endedAt),
      })),
    };
  },
});
