import { sql } from "drizzle-orm";
import { boolean, index, integer, pgSchema, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Json } from "@/server/kernel/json";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";

/** The embedded executor's own schema. `tenant_id` is `system` for work that belongs to the deployment. */
export const engine = pgSchema("engine");

/** The outbox: a verb inserts its events here in its own transaction; the router, or the Inngest relay, takes them. */
export const events = engine.table(
  "events",
  {
    tenantId: tenantId(),
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    payload: jsonText<Json>("payload").notNull(),
    receivedAt: moment("received_at").default(sql`now()`),
    routedAt: maybeMoment("routed_at"),
  },
  (t) => [
    index("events_unrouted_idx")
      .on(t.receivedAt, t.id)
      .where(sql`routed_at is null`),
  ],
);

export const engineRuns = engine.table(
  "runs",
  {
    tenantId: tenantId(),
    id: text("id").primaryKey(),
    functionId: text("function_id").notNull(),
    /** Event id, cron slot, parent operation or batch id: what makes a second start of the same thing impossible. */
    triggerKey: text("trigger_key").notNull(),
    events: jsonText<Json[]>("events").notNull(),
    status: text("status").$type<"queued" | "running" | "completed" | "failed" | "cancelled">().notNull(),
    /** Protocol version the SDK asked for; -1 until its first answer. */
    version: integer("version").notNull().default(-1),
    forcePlan: boolean("force_plan").notNull().default(false),
    /** Ids of planned operations that have not finished. */
    pending: text("pending")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Ids of finished operations in the order in which they finished. */
    stack: text("stack")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Concurrency keys that a job of this run takes a slot of. */
    concurrency: jsonText<Json>("concurrency").notNull(),
    priority: integer("priority").notNull().default(0),
    /** `<parent run id>/<operation id>` of a run that another run invoked. */
    parent: text("parent"),
    result: jsonText<Json>("result"),
    error: jsonText<Json>("error"),
    createdAt: moment("created_at").default(sql`now()`),
    startedAt: maybeMoment("started_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    uniqueIndex("engine_runs_trigger_key").on(t.functionId, t.triggerKey),
    index("engine_runs_open_idx")
      .on(t.functionId)
      .where(sql`status in ('queued', 'running')`),
  ],
);

export const engineSteps = engine.table(
  "steps",
  {
    tenantId: tenantId(),
    runId: text("run_id")
      .notNull()
      .references(() => engineRuns.id, { onDelete: "cascade" }),
    opId: text("op_id").notNull(),
    op: text("op").notNull(),
    name: text("name").notNull(),
    /** What the operation gave, or null while it is open. Set once. */
    memo: jsonText<Json>("memo"),
    createdAt: moment("created_at").default(sql`now()`),
    doneAt: maybeMoment("done_at"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.opId] })],
);

export const jobs = engine.table(
  "jobs",
  {
    tenantId: tenantId(),
    id: text("id").primaryKey(),
    runId: text("run_id")
      .notNull()
      .references(() => engineRuns.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"call" | "timer">().notNull(),
    /** The operation a call runs or a timer ends; `step` for a discovery call. */
    stepId: text("step_id").notNull(),
    /** One job per reason to call: a second insert of the same reason is ignored. */
    dedupe: text("dedupe").notNull(),
    runAt: moment("run_at").default(sql`now()`),
    attempt: integer("attempt").notNull().default(0),
    crashes: integer("crashes").notNull().default(0),
    leaseId: text("lease_id"),
    leaseUntil: maybeMoment("lease_until"),
    worker: text("worker"),
  },
  (t) => [uniqueIndex("jobs_dedupe_key").on(t.runId, t.dedupe), index("jobs_due_idx").on(t.runAt)],
);

export const waits = engine.table(
  "waits",
  {
    tenantId: tenantId(),
    runId: text("run_id")
      .notNull()
      .references(() => engineRuns.id, { onDelete: "cascade" }),
    opId: text("op_id").notNull(),
    kind: text("kind").$type<"event" | "signal" | "cancel">().notNull(),
    /** Event name or signal. */
    match: text("match").notNull(),
    /** CEL over `event` and `async`; null accepts every event of that name. */
    expression: text("expression"),
    createdAt: moment("created_at").default(sql`now()`),
    expiresAt: maybeMoment("expires_at"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.opId] }), index("waits_match_idx").on(t.kind, t.match)],
);

export const cron = engine.table(
  "cron",
  {
    functionId: text("function_id").notNull(),
    expression: text("expression").notNull(),
    nextAt: moment("next_at"),
  },
  (t) => [primaryKey({ columns: [t.functionId, t.expression] })],
);

/** One row per live worker process, so that readiness and takeover can tell the living from the dead. */
export const workers = engine.table("workers", {
  id: text("id").primaryKey(),
  startedAt: moment("started_at").default(sql`now()`),
  seenAt: moment("seen_at").default(sql`now()`),
  revision: text("revision").notNull(),
});
