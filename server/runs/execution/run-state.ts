import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { type AttemptFailure, runs, runSteps, workflowVersions } from "@/db/schema";
import { withTenant, withTenantStatement } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { SecretsAsked } from "@/server/secrets";
import type { Step, WorkflowDefinition } from "@/server/workflows/domain/definition";
import { secretsOf } from "@/server/workflows/domain/secret-places";
import { isFinal, type RunStatus, type StepStatus } from "../domain/status";
import { retryDelayMs, type Turn, turnOfBegun } from "../domain/turn";
import type { ExecutionContext } from "./context";

/** A step that has begun, as the database knows it. */
export interface KnownStep {
  stepId: string;
  position: number;
  status: StepStatus;
  attempt: number;
  startedAt: Date;
  failedAttempts: readonly AttemptFailure[];
}

/** Where a run stands. The database decides; this is what it last said, and what this process has added since. */
export interface RunState {
  readonly runId: string;
  readonly workflowId: string;
  status: RunStatus;
  readonly input: Json;
  readonly definition: WorkflowDefinition;
  readonly stepsById: ReadonlyMap<string, Step>;
  /** Which secrets its steps may use or may have used. */
  readonly secrets: SecretsAsked;
  /** In the order in which they began. */
  known: Map<string, KnownStep>;
  outputs: Record<string, { output: Json }>;
  /** What the outputs weigh together, as JSON. */
  bytes: number;
  /** A kill over the run was on when it was read: nothing of it may begin or go on. */
  readonly isKillOn: boolean;
  /** Moment of the process's own clock, in milliseconds, at which the database last said that the run goes on. */
  seenAt: number;
}

/** What an output weighs as JSON, in bytes. */
export const weigh = (output: Json) => Buffer.byteLength(JSON.stringify(output));

const standing = prepared("run-standing", (db) =>
  db
    .select({
      ...{ status: runs.status, workflowId: runs.workflowId, input: runs.input },
      ...{ environment: runs.environment, since: runs.createdAt, definition: workflowVersions.definition },
      isKillOn: sql<boolean>`kill_is_on(${runs.tenantId}, ${runs.workflowId})`,
    })
    .from(runs)
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
    )
    .where(and(eq(runs.tenantId, sql.placeholder("tenantId")), eq(runs.id, sql.placeholder("runId")))),
);

function stepsBegun(ctx: ExecutionContext, runId: string) {
  return withTenant(ctx, (tx) =>
    tx
      .select({ ...getTableColumns(runSteps), runStatus: runs.status })
      .from(runSteps)
      .innerJoin(runs, and(eq(runs.tenantId, runSteps.tenantId), eq(runs.id, runSteps.runId)))
      .where(and(eq(runSteps.tenantId, ctx.tenantId), eq(runSteps.runId, runId)))
      .orderBy(asc(runSteps.position)),
  );
}

/** Reads where a run stands. The steps of one that has not begun, or is over, are not asked for. */
export async function loadState(ctx: ExecutionContext, runId: string): Promise<RunState> {
  const { tenantId } = ctx;
  const seenAt = performance.now();
  const [found] = await withTenantStatement(ctx, (db) => standing(db, { tenantId, runId }));
  const standsFirst = must(found, `run ${runId} was started, so it exists`);
  const { workflowId, input, definition, isKillOn, environment, since } = standsFirst;
  const begun = standsFirst.status === "running" ? await stepsBegun(ctx, runId) : [];
  // Read again with the steps: a run that ended between the two has no step that follows its last.
  const status = begun[0]?.runStatus ?? standsFirst.status;
  const succeeded = begun.filter((step) => step.status === "succeeded");
  return {
    ...{ runId, workflowId, status, input, definition, isKillOn, seenAt },
    secrets: { environment, since, names: secretsOf(definition) },
    stepsById: new Map(definition.steps.map((step) => [step.id, step])),
    known: new Map(begun.map((step) => [step.stepId, step])),
    outputs: Object.fromEntries(succeeded.map(({ stepId, output }) => [stepId, { output }])),
    bytes: succeeded.reduce((sum, { output }) => sum + weigh(output), 0),
  };
}

/** The step that a step's output leads to; undefined where the run ends. */
export function following(state: RunState, step: Step, output: Json): Step | undefined {
  const id = step.type === "branch" ? (output as { next: string | null }).next : step.next;
  return id === undefined || id === null ? undefined : must(state.stepsById.get(id), `step ${id} is in its definition`);
}

/** What comes next, from what the database holds alone: where a call finds that it repeats what was done. */
export function currentTurn(state: RunState): Turn {
  if (isFinal(state.status)) return { kind: "ended", status: state.status };
  const last = [...state.known.values()].at(-1);
  if (state.status === "queued" || last === undefined) return { kind: "begin" };
  const step = must(state.stepsById.get(last.stepId), `step ${last.stepId} is in its definition`);
  if (last.status === "running") {
    const turn = turnOfBegun(step);
    return turn.kind === "act" ? { ...turn, attempt: last.attempt } : turn;
  }
  if (last.status === "failed")
    return { kind: "act", stepId: step.id, attempt: last.attempt + 1, afterMs: retryDelayMs(last.attempt) };
  const next = following(state, step, state.outputs[step.id]?.output ?? null);
  return { kind: "compute", stepId: must(next, `a run without a further step has ended`).id };
}
