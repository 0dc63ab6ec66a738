import { sql } from "drizzle-orm";
import { boolean, index, integer, pgSchema, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Json } from "@/server/kernel/json";
import { type Quota, QUOTAS } from "@/server/quotas/domain/quota";
import { oneOf } from "./checks";
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
    /** With Inngest: until then one relay is at sending it, and others leave it alone. */
    relayUntil: maybeMoment("relay_until"),
  },
  (t) => [
    index("events_unrouted_idx")
      .on(t.receivedAt, t.id)
      .where(sql`routed_at is null`),
    // A wait that opens looks back over what came since its run arrived there.
    index("events_name_idx").on(t.name, t.receivedAt),
  ],
);

export const ENGINE_RUN_STATUSES = ["queued", "running", "completed", "failed", "cancelled"] as const;

/** One execution of one function: not to be confused with the product's own runs of workflows. */
export const engineRuns = engine.table(
  "runs",
  {
    tenantId: tenantId(),
    id: text("id").primaryKey(),
    functionId: text("function_id").notNull(),
    /** Event id, cron slot or parent operation: what makes a second start of the same thing impossible. */
    triggerKey: text("trigger_key").notNull(),
    events: jsonText<Json[]>("events").notNull(),
    status: text("status").$type<(typeof ENGINE_RUN_STATUSES)[number]>().notNull().default("queued"),
    /** Protocol version the SDK asked for; -1 until its first answer. */
    version: integer("version").notNull().default(-1),
    /** True while a group of parallel operations is open: new steps are then planned, never run at once. */
    forcePlan: boolean("force_plan").notNull().default(false),
    /** Ids of opened operations that have not finished. */
    pending: text("pending")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Ids of finished operations in the order in which they finished. */
    stack: text("stack")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Concurrency keys of which each call of this run takes a slot, in the order of the function's limits. */
    concurrency: text("concurrency")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** By how many seconds its start goes before its turn; below zero, after it. */
    priority: integer("priority").notNull().default(0),
    /** The key under which its start counts against the function's throttle. */
    throttle: text("throttle"),
    /** The key under which it is the only open run of its function and tenant. */
    singleton: text("singleton"),
    /** Among whose calls its own are claimed (lanes.ts). */
    lane: smallint("lane").notNull().default(1),
    /** The operation of another run that invoked this one. */
    parentRunId: text("parent_run_id"),
    parentOpId: text("parent_op_id"),
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
    uniqueIndex("engine_runs_singleton_key")
      .on(t.functionId, t.tenantId, t.singleton)
      .where(sql`singleton is not null and status in ('queued', 'running')`),
    oneOf("engine_runs_status_check", t.status, ENGINE_RUN_STATUSES),
  ],
);

const runId = () =>
  text("run_id")
    .notNull()
    .references(() => engineRuns.id, { onDelete: "cascade" });

export const engineSteps = engine.table(
  "steps",
  {
    tenantId: tenantId(),
    runId: runId(),
    opId: text("op_id").notNull(),
    op: text("op").notNull(),
    name: text("name").notNull(),
    /** What the operation gave, as the protocol carries it; null while it is open. Set once. */
    memo: jsonText<Json>("memo"),
    /** One of several of which the first decides: each that ends leads to a call. */
    isRace: boolean("is_race").notNull().default(false),
    createdAt: moment("created_at").default(sql`now()`),
    doneAt: maybeMoment("done_at"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.opId] })],
);

export const jobs = engine.table(
  "jobs",
  {
    tenantId: tenantId(),
    runId: runId(),
    /** The reason for the job: a second insert of the same reason is ignored. */
    dedupe: text("dedupe").notNull(),
    kind: text("kind").$type<"call" | "timer">().notNull(),
    /** The operation a call runs or a timer ends; `step` for a call that discovers what comes next. */
    stepId: text("step_id").notNull(),
    runAt: moment("run_at").default(sql`now()`),
    /** Its run's. */
    lane: smallint("lane").notNull().default(1),
    /** True until it is first claimed, for the call that begins its run. */
    isStart: boolean("is_start").notNull().default(false),
    createdAt: moment("created_at").default(sql`now()`),
    attempt: integer("attempt").notNull().default(0),
    crashes: integer("crashes").notNull().default(0),
    leaseId: text("lease_id"),
    leaseUntil: maybeMoment("lease_until"),
    worker: text("worker"),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.dedupe] }),
    index("jobs_calls_idx")
      .on(t.runAt)
      .where(sql`kind = 'call'`),
    // The queues that claims take from, one per lane and tenant: what goes on comes before what begins.
    index("jobs_queues_idx")
      .on(t.lane, t.tenantId, t.isStart, t.runAt, t.runId)
      .where(sql`kind = 'call' and lease_until is null`),
    index("jobs_timers_idx")
      .on(t.runAt)
      .where(sql`kind = 'timer'`),
    index("jobs_leases_idx")
      .on(t.leaseUntil)
      .where(sql`lease_until is not null`),
    oneOf("jobs_kind_check", t.kind, ["call", "timer"]),
  ],
);

export const waits = engine.table(
  "waits",
  {
    tenantId: tenantId(),
    runId: runId(),
    opId: text("op_id").notNull(),
    kind: text("kind").$type<"event" | "cancel">().notNull(),
    /** The event's name. */
    match: text("match").notNull(),
    /** CEL over `event` (what started the run) and `async` (what came in); null accepts every event of that name. */
    expression: text("expression"),
    /** When the run arrived here: earlier events do not count. */
    since: moment("since"),
    /** After this moment the wait matches no more; null for one that a timer ends. */
    expiresAt: maybeMoment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.opId] }),
    index("waits_match_idx").on(t.match),
    oneOf("waits_kind_check", t.kind, ["event", "cancel"]),
  ],
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

/** `throttle_line` is where starts that wait for a throttle have been promised theirs; `throttle` counts those that began. */
export const FLOW_CONTROLS = ["idempotency", "rate_limit", "throttle_line", "throttle"] as const;

/** How much of a rate is used up, per key of a function and tenant. A row whose moment has passed says nothing. */
export const flow = engine.table(
  "flow",
  {
    tenantId: tenantId(),
    functionId: text("function_id").notNull(),
    control: text("control").$type<(typeof FLOW_CONTROLS)[number]>().notNull(),
    /** Bounded: a long key is kept as its hash. */
    key: text("key").notNull(),
    /** When all of the rate may be used again (GCRA's theoretical arrival time). */
    wholeAt: moment("whole_at"),
  },
  (t) => [
    primaryKey({ columns: [t.functionId, t.tenantId, t.control, t.key] }),
    index("flow_whole_idx").on(t.wholeAt),
    oneOf("flow_control_check", t.control, FLOW_CONTROLS),
  ],
);

/** Events that will start one run together (batch), or of which the last one will (debounce). */
export const collections = engine.table(
  "collections",
  {
    tenantId: tenantId(),
    id: text("id").primaryKey(),
    functionId: text("function_id").notNull(),
    control: text("control").$type<"debounce" | "batch">().notNull(),
    key: text("key").notNull(),
    openedAt: moment("opened_at"),
    /** When it starts its run, whatever has come in by then. */
    dueAt: moment("due_at"),
    size: integer("size").notNull(),
    bytes: integer("bytes").notNull(),
  },
  (t) => [
    uniqueIndex("collections_open_key").on(t.functionId, t.tenantId, t.key),
    index("collections_due_idx").on(t.dueAt),
    oneOf("collections_control_check", t.control, ["debounce", "batch"]),
  ],
);

export const collected = engine.table(
  "collected",
  {
    tenantId: tenantId(),
    collectionId: text("collection_id")
      .notNull()
      .references(() => collections.id, { onDelete: "cascade" }),
    /** From 0, in the order in which they came. */
    place: integer("place").notNull(),
    event: jsonText<Json>("event").notNull(),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.place] })],
);

/** When a claim last left calls of a tenant behind since a quota was hit; written at most every few seconds. */
export const quotaHits = engine.table(
  "quota_hits",
  { tenantId: tenantId(), quota: text("quota").$type<Quota>().notNull(), hitAt: moment("hit_at") },
  (t) => [primaryKey({ columns: [t.tenantId, t.quota] }), oneOf("quota_hits_quota_check", t.quota, QUOTAS)],
);

/** One row per live worker process, so that readiness and takeover can tell the living from the dead. */
export const workers = engine.table("workers", {
  id: text("id").primaryKey(),
  startedAt: moment("started_at").default(sql`now()`),
  seenAt: moment("seen_at").default(sql`now()`),
  revision: text("revision").notNull(),
});
