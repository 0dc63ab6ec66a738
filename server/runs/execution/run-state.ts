import { and, asc, eq, getTableColumns } from "drizzle-orm";
import { type AttemptFailure, type Failure, runs, runSteps } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Callable } from "@/policies/access/may-call";
import type { Json } from "@/server/kernel/json";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import { adaptersOf } from "@/server/workflows/domain/adapters-of";
import { secretsOf } from "@/server/workflows/domain/secret-places";
import type { Step } from "@/server/workflows/domain/step";
import type { RunStatus, StepStatus } from "../domain/status";
import type { ExecutionContext } from "./context";
import { standingOf } from "./standing";
import type { SealedAsked } from "./step-secrets";

/** A task that has begun: a step in its place of the run. */
export interface KnownTask {
  position: number;
  status: StepStatus;
  attempt: number;
  startedAt: Date;
  input: Json;
  output: Json;
  failure: Failure | null;
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
  /** Which secrets and adapters its steps may use or may have used. */
  readonly secrets: SealedAsked;
  /** By task id, in the order in which they began. */
  readonly known: Map<string, KnownTask>;
  /** What the outputs weigh together, as JSON. */
  bytes: number;
  /** What it may call is measured by: where it runs, how urgent, and how many calls lie above it. */
  readonly reach: Callable & { executionClass: ExecutionClass; depth: number };
  /** Another run waits for what it comes to. */
  readonly isCalled: boolean;
  /** The run that called it has ended: nobody waits for what it comes to. */
  readonly isAbandoned: boolean;
  /** A kill over the run was on when it was read: nothing of it may begin or go on. */
  readonly isKillOn: boolean;
  /** The database's clock (Unix time in milliseconds) at a moment of the process's own. */
  readonly clock: { readMs: number; at: number };
  /** Moment of the process's own clock, in milliseconds, at which the database last said that the run goes on. */
  seenAt: number;
}

/** What an output weighs as JSON, in bytes. */
export const weigh = (output: Json) => Buffer.byteLength(JSON.stringify(output));

function tasksBegun(ctx: ExecutionContext, runId: string) {
  return withTenant(ctx, (tx) =>
    tx
      .select({ ...getTableColumns(runSteps), runStatus: runs.status })
      .from(runSteps)
      .innerJoin(runs, and(eq(runs.tenantId, runSteps.tenantId), eq(runs.id, runSteps.runId)))
      .where(and(eq(runSteps.tenantId, ctx.tenantId), eq(runSteps.runId, runId)))
      .orderBy(asc(runSteps.position)),
  );
}

/** Reads where a run stands. The steps of one that is over, or has not begun and took none over, are not asked for. */
export async function loadState(ctx: ExecutionContext, runId: string): Promise<RunState> {
  const standsFirst = await standingOf(ctx, runId);
  const { workflowId, isKillOn, environment, since, readAtMs, rerunOf, askedAt: seenAt, at } = standsFirst;
  const { region, riskProfile, dataSensitivity, executionClass, depth, isCalled, isAbandoned } = standsFirst;
  const input = JSON.parse(standsFirst.input) as Json;
  const definition = JSON.parse(standsFirst.definition) as WorkflowDefinition;
  const hasTasks = standsFirst.status === "running" || (standsFirst.status === "queued" && rerunOf !== null);
  const begun = hasTasks ? await tasksBegun(ctx, runId) : [];
  return {
    // Read again with the steps: it may have ended between the two.
    ...{ runId, workflowId, status: begun[0]?.runStatus ?? standsFirst.status, input, definition, isKillOn },
    ...{ seenAt, clock: { readMs: readAtMs, at } },
    ...{ isCalled, isAbandoned, reach: { environment, region, riskProfile, dataSensitivity, executionClass, depth } },
    secrets: { environment, since, names: secretsOf(definition), adapters: adaptersOf(definition) },
    stepsById: new Map(definition.steps.map((step) => [step.id, step])),
    known: new Map(begun.map((task) => [task.stepId, task])),
    bytes: begun.reduce((sum, { status, output }) => (status === "succeeded" ? sum + weigh(output) : sum), 0),
  };
}
