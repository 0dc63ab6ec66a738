import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { newestFirst } from "@/db/paging";
import { approvals, holds, runs, runSteps, workflows, workflowVersions } from "@/db/schema";
import { plansWithMore, planWords } from "@/policies/entitlements/more";
import { standingOf } from "@/server/entitlements";
import { must } from "@/server/kernel/errors";
import { hasNoPlace, loadQuotas } from "@/server/quotas";
import { nameReferences } from "@/server/receipts";
import { defineRead, type Scope } from "@/server/verb";
import type { AwaitedEvent } from "./domain/event-match";
import { isWaiting } from "./domain/lifecycle";
import { isFinal } from "./domain/status";
import { readTaskId, retryDelayMs } from "./domain/task";
import { loadRun, type RunRow } from "./load-run";
import { runSchema } from "./schemas";

const RERUNS_SHOWN = 20;
const ASKS_SHOWN = 20;

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** The pauses that are on over a run, the first first. */
const pausesOver = ({ ctx, tx }: Scope, { workflowId, executionClass }: RunRow) =>
  tx
    .select({ scope: holds.scope, reason: holds.reason, setBy: holds.setBy, setAt: holds.setAt })
    .from(holds)
    .where(
      and(
        ...[eq(holds.tenantId, ctx.tenantId), eq(holds.kind, "pause"), isNull(holds.liftedAt)],
        or(eq(holds.scope, "tenant"), eq(holds.workflowId, workflowId), eq(holds.executionClass, executionClass)),
      ),
    )
    .orderBy(asc(holds.setAt));

/** Set while a run that would begin waits until fewer of its tenant's are at work; with how many may be, and what has more of it. */
async function placeFor(
  { tx, now }: Scope,
  run: RunRow,
): Promise<{ most: number; plan: string | null; more: string[] } | null> {
  const { tenantId, status, gatedAt } = run;
  if (status !== "queued" || isWaiting(run) || gatedAt !== null) return null;
  const [{ quotas }, [place]] = await Promise.all([
    loadQuotas(tx, tenantId),
    tx.select({ isMissing: hasNoPlace(tenantId) }).from(sql`(values (1)) as one`),
  ]);
  if (place?.isMissing !== true) return null;
  const { mostConcurrentRuns: most } = quotas;
  const { projection, access } = await standingOf(tx, tenantId, now);
  const isOfPlan = access.limits.concurrentRuns === most;
  return {
    most,
    plan: isOfPlan ? planWords(projection) : null,
    more: isOfPlan ? plansWithMore("concurrentRuns", most) : [],
  };
}

/** The requests for approval that a run waits for. */
async function asksOf({ tx }: Scope, { tenantId, id, status }: RunRow) {
  if (isFinal(status)) return [];
  const { title, taskId, role, stage, stages, dueAt } = approvals;
  const rows = await tx
    .select({ id: approvals.id, title, taskId, role, stage, stages, dueAt })
    .from(approvals)
    .where(and(eq(approvals.tenantId, tenantId), eq(approvals.runId, id), eq(approvals.status, "pending")))
    .orderBy(asc(approvals.createdAt))
    .limit(ASKS_SHOWN);
  return rows.map((ask) => ({
    ...ask,
    ...{ stage: ask.stage + 1, stages: ask.stages.length, dueAt: ask.dueAt.toISOString() },
  }));
}

/** The newest runs that repeat a part of one. They follow the same version, so whoever may read that one may read them. */
async function rerunsOf({ ctx, tx }: Scope, runId: string) {
  const rows = await tx
    .select({ runId: runs.id, stepId: runs.beginsWith, status: runs.status, createdAt: runs.createdAt })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.rerunOf, runId)))
    .orderBy(...newestFirst(runs.createdAt, runs.id))
    .limit(RERUNS_SHOWN);
  return rows.map(({ createdAt, ...rerun }) => ({ ...rerun, createdAt: createdAt.toISOString() }));
}

/** The runs that a run has called, by the task that waits for each. */
async function callsOf({ ctx, tx }: Scope, runId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ id: runs.id, taskId: runs.parentTaskId })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.parentRunId, runId)));
  return new Map(rows.map(({ id, taskId }) => [taskId ?? "", id]));
}

/** The event that a step waits for at this moment, with until when; none for any other step. */
function awaitedBy({ stepId, type, status, input, startedAt }: typeof runSteps.$inferSelect) {
  if (type !== "wait" || status !== "running") return [];
  const { event, match, when, timeout_seconds: seconds } = input as unknown as Partial<AwaitedEvent>;
  if (event === undefined) return [];
  const until = new Date(startedAt.getTime() + (seconds ?? 0) * 1_000).toISOString();
  return [{ taskId: stepId, event, match: match ?? {}, when: when ?? null, until }];
}

/** A step's name, in a for-each with the place of its item. */
function nameOfTask(taskId: string, name: string): string {
  const { index } = readTaskId(taskId);
  return index === null ? name : `${name} [${index}]`;
}

/** One run with its steps in the order in which they began, and the definition that it follows. */
export const getRun = defineRead({
  action: "run.read",
  input: runSchema,
  load: loadRun,
  read: async (scope, _input, { run }) => {
    const { tx } = scope;
    const { tenantId } = run;
    const [followed] = await tx
      .select({
        ...{ slug: workflows.slug, number: workflowVersions.number, definition: workflowVersions.definition },
        publishedId: workflows.publishedVersionId,
      })
      .from(workflowVersions)
      .innerJoin(workflows, and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflowVersions.workflowId)))
      .where(and(eq(workflowVersions.tenantId, tenantId), eq(workflowVersions.id, run.versionId)));
    const steps = await tx
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.tenantId, tenantId), eq(runSteps.runId, run.id)))
      .orderBy(asc(runSteps.position));
    const { slug, number, definition, publishedId } = must(followed, "a run's version exists, by foreign key");
    const { id, status, environment, riskProfile, input, output, failure, startedBy, contentHash } = run;
    const { rerunOf, beginsWith, parentRunId, parentTaskId } = run;
    const called = run.hasCalled ? await callsOf(scope, id) : new Map<string, string>();
    const pauses = isWaiting(run) ? await pausesOver(scope, run) : [];
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
      workflow: { id: run.workflowId, slug, version: number, definition, isPublished: publishedId === run.versionId },
      /** The run of which this one repeats a part, and the step with which it begins. */
      repeats: rerunOf === null || beginsWith === null ? null : { runId: rerunOf, stepId: beginsWith },
      repeatedBy: await rerunsOf(scope, id),
      /** What it waits for people to approve. */
      asks: await asksOf(scope, run),
      /** What it waits for programs to send. */
      awaits: steps.flatMap(awaitedBy).slice(0, ASKS_SHOWN),
      waitsForPlace: await placeFor(scope, run),
      executionClass: run.executionClass,
      createdAt: run.createdAt.toISOString(),
      startedAt: iso(run.startedAt),
      endedAt: iso(run.endedAt),
      /** The run that called this one, and the step of it that waits for the end. */
      calledBy: parentRunId === null || parentTaskId === null ? null : { runId: parentRunId, stepId: parentTaskId },
      steps: steps.map(({ stepId, position, type, name, status: stepStatus, attempt, ...step }) => ({
        ...{ stepId, position, type, name: nameOfTask(stepId, name), status: stepStatus, attempt },
        calledRunId: called.get(stepId) ?? null,
        ...{ input: step.input, output: step.output, failure: step.failure },
        failedAttempts: step.failedAttempts.map((failed) => ({
          ...failed,
          /** When the next attempt began, where one did. */
          nextAt:
            failed.attempt < attempt
              ? new Date(Date.parse(failed.at) + retryDelayMs(failed.attempt)).toISOString()
              : null,
        })),
        reusedFrom: step.reusedFrom,
        startedAt: step.startedAt.toISOString(),
        endedAt: iso(step.endedAt),
      })),
    };
  },
});
