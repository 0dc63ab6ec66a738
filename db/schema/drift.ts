import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Histogram } from "@/server/kernel/histogram";
import { DRIFT_KINDS, type DriftKind, type Undo } from "@/server/drift/domain/difference";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { users } from "./identity";
import { tenants } from "./tenants";

/** Differences that somebody has to see to. One row per thing that differs: it is opened again when it differs again. */
export const remediationTasks = pgTable(
  "remediation_tasks",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    kind: text("kind").$type<DriftKind>().notNull(),
    /** Names the thing that differs. */
    key: text("key").notNull(),
    title: text("title").notNull(),
    expected: text("expected").notNull(),
    found: text("found").notNull(),
    undoRuns: text("undo_runs").$type<Undo["runs"]>().notNull(),
    undo: text("undo").notNull(),
    /** The member who sees to it. */
    ownerId: text("owner_id").references(() => users.id),
    dueAt: moment("due_at"),
    /** When it was last opened. */
    openedAt: moment("opened_at"),
    closedAt: maybeMoment("closed_at"),
    /** How often it was opened. */
    times: integer("times").notNull().default(1),
    /** What was found when somebody accepted it: found again, it is no difference. */
    acceptedFound: text("accepted_found"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("remediation_tasks_key").on(t.tenantId, t.key),
    index("remediation_tasks_open_idx")
      .on(t.tenantId, t.openedAt)
      .where(sql`closed_at is null`),
    oneOf("remediation_tasks_kind_check", t.kind, DRIFT_KINDS),
    oneOf("remediation_tasks_undo_runs_check", t.undoRuns, ["sql", "command"]),
  ],
);

/** The last look at the whole deployment: one row. */
export const driftChecks = pgTable("drift_checks", {
  id: text("id").primaryKey(),
  checkedAt: moment("checked_at"),
  tookMs: integer("took_ms").notNull(),
  /** Of the deployment and all tenants together. */
  differences: integer("differences").notNull(),
  /** What could not be looked at, in words; null when all was. */
  fault: text("fault"),
});

/** Processes that serve, each with the code it runs, as it says itself every few seconds. */
export const processes = pgTable(
  "processes",
  {
    id: text("id").primaryKey(),
    kind: text("kind").$type<"web" | "worker">().notNull(),
    host: text("host").notNull(),
    pid: integer("pid").notNull(),
    /** Build of the code. */
    revision: text("revision").notNull(),
    /** Names all packs that it decides by. */
    policy: text("policy").notNull(),
    startedAt: moment("started_at"),
    seenAt: moment("seen_at"),
    /** How long its decisions have taken since it began. */
    decisionTimes: jsonText<Histogram>("decision_times").notNull(),
  },
  (t) => [index("processes_seen_idx").on(t.seenAt), oneOf("processes_kind_check", t.kind, ["web", "worker"])],
);
