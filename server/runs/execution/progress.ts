import { and, count, eq, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { type Failure, runs, runSteps, workflowVersions } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { Step, WorkflowDefinition } from "@/server/workflows/domain/definition";
import { isFinal } from "../domain/status";
import { runFinished } from "../events";
import type { ExecutionContext } from "./context";

export interface Execution {
  runId: string;
  input: Json;
  definition: WorkflowDefinition;
}

async function lockedStatus(tx: Tx, ctx: ExecutionContext, runId: string) {
  const [run] = await tx
    .select({ status: runs.status })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, runId)))
    .for("no key update");
  return must(run, `run ${runId} was started, so it exists`).status;
}

/** Marks a queued run as running and gives what it follows; null when it was stopped before it began. */
export async function beginRun(ctx: ExecutionContext, runId: string): Promise<Execution | null> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx
      .select({ status: runs.status, input: runs.input, definition: workflowVersions.definition })
      .from(runs)
      .innerJoin(
        workflowVersions,
        and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
      )
      .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, runId)))
      .for("no key update", { of: runs });
    const { status, input, definition } = must(found, `run ${runId} was started, so it exists`);
    if (isFinal(status)) return null;
    if (status === "queued")
      await tx
        .update(runs)
        .set({ status: "running", startedAt: ctx.clock.now() })
        .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, runId)));
    return { runId, input, definition };
  });
}

/**
 * Records that a step begins an attempt. False when the run was cancelled, killed or ended: then the step must not act.
 * The run's row is locked meanwhile, so a kill is either seen here or waits until this step counts as begun.
 */
export async function beginStep(ctx: ExecutionContext, runId: string, step: Step, attempt: number): Promise<boolean> {
  return withTenant(ctx, async (tx) => {
    if (isFinal(await lockedStatus(tx, ctx, runId))) return false;
    const ofRun = and(eq(runSteps.tenantId, ctx.tenantId), eq(runSteps.runId, runId));
    const [begun] = await tx.select({ steps: count() }).from(runSteps).where(ofRun);
    await tx
      .insert(runSteps)
      .values({
        ...{ tenantId: ctx.tenantId, runId, stepId: step.id, position: (begun?.steps ?? 0) + 1, type: step.type },
        ...{ name: step.name ?? step.id, status: "running", attempt, startedAt: ctx.clock.now() },
      })
      .onConflictDoUpdate({
        target: [runSteps.tenantId, runSteps.runId, runSteps.stepId],
        set: { attempt, status: "running", endedAt: null },
      });
    return true;
  });
}

export type StepResult =
  { ok: true; input: Json; output: Json } | { ok: false; input: Json; failure: Failure; isRetriable: boolean };

/** Records how an attempt ended. A step of a run that was stopped meanwhile keeps the status the stop gave it. */
export async function endStep(ctx: ExecutionContext, runId: string, stepId: string, result: StepResult): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx
      .update(runSteps)
      .set({
        status: result.ok ? "succeeded" : "failed",
        input: result.input,
        output: result.ok ? result.output : null,
        failure: result.ok ? null : result.failure,
        endedAt: ctx.clock.now(),
      })
      .where(
        and(
          eq(runSteps.tenantId, ctx.tenantId),
          eq(runSteps.runId, runId),
          eq(runSteps.stepId, stepId),
          eq(runSteps.status, "running"),
        ),
      ),
  );
}

export type RunOutcome = { status: "succeeded"; output: Json } | { status: "failed"; failure: Failure };

/** Ends a run once, with receipt and event; a run that was stopped keeps how it was stopped. */
export async function finishRun(ctx: ExecutionContext, runId: string, outcome: RunOutcome): Promise<void> {
  await withTenant(ctx, async (tx) => {
    if (isFinal(await lockedStatus(tx, ctx, runId))) return;
    const { tenantId } = ctx;
    const now = ctx.clock.now();
    await tx
      .update(runs)
      .set({
        status: outcome.status,
        endedAt: now,
        startedAt: sql`coalesce(started_at, ${now.toISOString()}::timestamptz)`,
        ...(outcome.status === "succeeded" ? { output: outcome.output } : { failure: outcome.failure }),
      })
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId)));
    await recordEvents(tx, tenantId, ctx.newId, [eventOf(runFinished, { tenantId, runId, status: outcome.status })]);
    const detail =
      outcome.status === "failed" ? { status: "failed", code: outcome.failure.code } : { status: "succeeded" };
    await appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "job:execute-run" },
      ...{ action: "run.finish", subject: `run:${runId}`, body: { requestId: ctx.requestId, detail } },
    });
  });
}
