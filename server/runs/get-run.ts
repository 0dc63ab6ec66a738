import { and, asc, eq, isNull, or } from "drizzle-orm";
import { holds, runSteps, workflows, workflowVersions } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { nameReferences } from "@/server/receipts";
import { defineRead, type Scope } from "@/server/verb";
import { isWaiting } from "./domain/lifecycle";
import { loadRun } from "./load-run";
import { runSchema } from "./schemas";

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** The pauses that are on over a workflow, the first first. */
const pausesOver = ({ ctx, tx }: Scope, workflowId: string) =>
  tx
    .select({ scope: holds.scope, reason: holds.reason, setBy: holds.setBy, setAt: holds.setAt })
    .from(holds)
    .where(
      and(
        ...[eq(holds.tenantId, ctx.tenantId), eq(holds.kind, "pause"), isNull(holds.liftedAt)],
        or(eq(holds.scope, "tenant"), eq(holds.workflowId, workflowId)),
      ),
    )
    .orderBy(asc(holds.setAt));

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
    const pauses = isWaiting(run) ? await pausesOver(scope, run.workflowId) : [];
    const names = await nameReferences(scope, [startedBy, ...pauses.map(({ setBy }) => setBy)]);
    return {
      ...{ id, status, environment, riskProfile, input, output, failure, startedBy, contentHash },
      startedByName: names.get(startedBy)?.name ?? null,
      /** Why it waits, while it does: no pause is left when it is about to begin. */
      waitsFor: isWaiting(run)
        ? pauses.map(({ setBy, setAt, ...pause }) => ({
            ...pause,
            setByName: names.get(setBy)?.name ?? setBy,
            setAt: setAt.toISOString(),
          }))
        : null,
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
