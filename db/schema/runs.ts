import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Json } from "@/server/kernel/json";
import { EXECUTION_CLASSES, type ExecutionClass } from "@/server/workflows/domain/execution-class";
import { type RunStatus, RUN_STATUSES, type StepStatus, STEP_STATUSES } from "@/server/runs/domain/status";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { oneOf } from "./checks";
import { attributeChecks, resourceAttributes } from "./resource-attributes";
import { tenants } from "./tenants";
import { workflowVersions } from "./workflows";

/** Why something failed, in words a person may read. */
export interface Failure {
  code: string;
  message: string;
}

/** Why one attempt of a step failed, and when. */
export interface AttemptFailure extends Failure {
  attempt: number;
  at: string;
  /** No further attempt follows, though the step's retries would allow one. */
  isFinal?: true;
}

export const runs = pgTable(
  "runs",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    workflowId: text("workflow_id").notNull(),
    versionId: text("version_id").notNull(),
    contentHash: text("content_hash").notNull(),
    status: text("status").$type<RunStatus>().notNull(),
    ...resourceAttributes,
    /** Its share of the workers: its workflow's, or a less urgent one that its start asked for. */
    executionClass: text("execution_class").$type<ExecutionClass>().notNull().default("standard"),
    input: jsonText<Json>("input").notNull(),
    output: jsonText<Json>("output"),
    failure: jsonText<Failure>("failure"),
    startedBy: text("started_by").notNull(),
    idempotencyKey: text("idempotency_key"),
    /** The run of which this one repeats a part. */
    rerunOf: text("rerun_of"),
    /** The step with which such a run begins: what comes before it was taken over. */
    beginsWith: text("begins_with"),
    /** The run that called this one, the task of it that waits for the end, and how many calls lie above. */
    parentRunId: text("parent_run_id"),
    parentTaskId: text("parent_task_id"),
    depth: integer("depth").notNull().default(0),
    /** It has called others, which its end has to reach. */
    hasCalled: boolean("has_called").notNull().default(false),
    createdAt: moment("created_at"),
    /** Set while a queued run waits for a pause to be lifted: no event asks for it before. */
    pausedAt: maybeMoment("paused_at"),
    /** Set while a queued run waits for its start to be approved: no event asks for it before. */
    gatedAt: maybeMoment("gated_at"),
    startedAt: maybeMoment("started_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    foreignKey({
      columns: [t.tenantId, t.versionId],
      foreignColumns: [workflowVersions.tenantId, workflowVersions.id],
    }),
    uniqueIndex("runs_idempotency_key")
      .on(t.tenantId, t.workflowId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    foreignKey({ columns: [t.tenantId, t.rerunOf], foreignColumns: [t.tenantId, t.id] }),
    check("runs_rerun_check", sql`(rerun_of is null) = (begins_with is null)`),
    // Lists are read sensitivity by sensitivity, newest first, so that none walks over what its reader may not see. There
    // is no index without the sensitivity beside these: the planner would think it as good where all runs have the same.
    ...Object.entries({
      ...{ created: [], workflow: [t.workflowId], workflow_status: [t.workflowId, t.status] },
      status: [t.status, t.environment],
      ...{ environment: [t.environment], risk: [t.riskProfile], region: [t.region] },
      ...{ business_unit: [t.businessUnit], started_by: [t.startedBy] },
    }).map(([name, by]) => index(`runs_list_${name}_idx`).on(t.tenantId, t.dataSensitivity, ...by, t.createdAt, t.id)),
    foreignKey({ columns: [t.tenantId, t.parentRunId], foreignColumns: [t.tenantId, t.id] }),
    check("runs_parent_check", sql`(parent_run_id is null) = (parent_task_id is null)`),
    uniqueIndex("runs_parent_key")
      .on(t.tenantId, t.parentRunId, t.parentTaskId)
      .where(sql`parent_run_id is not null`),
    index("runs_rerun_idx")
      .on(t.tenantId, t.rerunOf)
      .where(sql`rerun_of is not null`),
    index("runs_open_idx")
      .on(t.tenantId, t.status)
      .where(sql`status in ('queued', 'running')`),
    index("runs_paused_idx")
      .on(t.tenantId, t.workflowId, t.createdAt, t.id)
      .where(sql`status = 'queued' and paused_at is not null`),
    oneOf("runs_status_check", t.status, RUN_STATUSES),
    oneOf("runs_class_check", t.executionClass, EXECUTION_CLASSES),
    ...attributeChecks("runs", t),
  ],
);

/** What a step came to that waits for something outside of its run. */
export type StepOutcome = { ok: true; output: Json } | ({ ok: false } & Failure);

/** What was delivered to steps that wait; the next turn of their run takes it in. The first to be delivered counts. */
export const stepResults = pgTable(
  "step_results",
  {
    tenantId: tenantId(),
    runId: text("run_id").notNull(),
    /** As `run_steps.step_id`: the step in its place of the run. */
    taskId: text("task_id").notNull(),
    result: jsonText<StepOutcome>("result").notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.taskId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [runs.tenantId, runs.id] }),
  ],
);

/** Steps that wait for an event. A row is written with the begin of its step, and goes with the step's or the run's end. */
export const eventWaits = pgTable(
  "event_waits",
  {
    tenantId: tenantId(),
    runId: text("run_id").notNull(),
    /** As `run_steps.step_id`. */
    taskId: text("task_id").notNull(),
    eventName: text("event_name").notNull(),
    /** Digest of the first field of `matches` and its value: what an event is looked up by. Empty where any will do. */
    matchKey: text("match_key").notNull(),
    /** Fields of the event's data, and what they must be. */
    matches: jsonText<Readonly<Record<string, Json>>>("matches").notNull(),
    /** CEL over `event`. */
    condition: text("condition"),
    /** The last event that had come when the wait began; none up to it counts. */
    afterPlace: bigint("after_place", { mode: "number" }).notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.taskId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [runs.tenantId, runs.id] }),
    index("event_waits_lookup_idx").on(t.tenantId, t.eventName, t.matchKey, t.runId, t.taskId),
  ],
);

export const runSteps = pgTable(
  "run_steps",
  {
    tenantId: tenantId(),
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    /** Place in the order in which steps began, from 1. */
    position: integer("position").notNull(),
    type: text("type").notNull(),
    name: text("name").notNull(),
    status: text("status").$type<StepStatus>().notNull(),
    attempt: integer("attempt").notNull(),
    input: jsonText<Json>("input"),
    output: jsonText<Json>("output"),
    failure: jsonText<Failure>("failure"),
    /** First to last, the one that `failure` tells of included. */
    failedAttempts: jsonText<readonly AttemptFailure[]>("failed_attempts")
      .notNull()
      .default(sql`'[]'`),
    /** The run that performed it, where this one took its result over. */
    reusedFrom: text("reused_from"),
    startedAt: moment("started_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.stepId] }),
    foreignKey({ columns: [t.tenantId, t.reusedFrom], foreignColumns: [runs.tenantId, runs.id] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [runs.tenantId, runs.id] }),
    oneOf("run_steps_status_check", t.status, STEP_STATUSES),
  ],
);
