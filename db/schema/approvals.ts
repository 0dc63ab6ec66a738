import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type Role, ROLES } from "@/policies/access/vocabulary";
import type { Stage } from "@/server/approvals/domain/chain";
import {
  APPROVAL_STATUSES,
  APPROVAL_VERDICTS,
  type ApprovalStatus,
  type ApprovalVerdict,
} from "@/server/approvals/domain/status";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { oneOf } from "./checks";
import { users } from "./identity";
import { runs } from "./runs";
import { tenants } from "./tenants";

/** What people are asked to approve: a step of a run, or a run before it starts. */
export const approvals = pgTable(
  "approvals",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    runId: text("run_id").notNull(),
    /** The step in its place of the run; null: its start. */
    taskId: text("task_id"),
    /** What is approved: the definition with this hash. */
    contentHash: text("content_hash").notNull(),
    title: text("title").notNull(),
    details: text("details").notNull(),
    requestedBy: text("requested_by").notNull(),
    /** The people behind the request, by id: who started the run, or made the key or trigger that did. */
    requesters: text("requesters").array().notNull(),
    stages: jsonText<readonly Stage[]>("stages").notNull(),
    /** Place of the stage that is asked now, from 0. */
    stage: integer("stage").notNull(),
    /** The role that this stage asks. */
    role: text("role").$type<Role>().notNull(),
    /** When this stage expires. */
    dueAt: moment("due_at"),
    status: text("status").$type<ApprovalStatus>().notNull(),
    createdAt: moment("created_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [runs.tenantId, runs.id] }),
    uniqueIndex("approvals_task_key")
      .on(t.tenantId, t.runId, t.taskId)
      .where(sql`task_id is not null`),
    uniqueIndex("approvals_start_key")
      .on(t.tenantId, t.runId)
      .where(sql`task_id is null`),
    index("approvals_list_idx").on(t.tenantId, t.createdAt, t.id),
    index("approvals_pending_idx")
      .on(t.tenantId, t.dueAt)
      .where(sql`status = 'pending'`),
    oneOf("approvals_status_check", t.status, APPROVAL_STATUSES),
    oneOf("approvals_role_check", t.role, ROLES),
    check("approvals_end_check", sql`(status = 'pending') = (ended_at is null)`),
  ],
);

/** What each person said, once per request. */
export const approvalVotes = pgTable(
  "approval_votes",
  {
    tenantId: tenantId(),
    approvalId: text("approval_id").notNull(),
    voterId: text("voter_id")
      .notNull()
      .references(() => users.id),
    stage: integer("stage").notNull(),
    verdict: text("verdict").$type<ApprovalVerdict>().notNull(),
    comment: text("comment").notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.approvalId, t.voterId] }),
    foreignKey({ columns: [t.tenantId, t.approvalId], foreignColumns: [approvals.tenantId, approvals.id] }),
    oneOf("approval_votes_verdict_check", t.verdict, APPROVAL_VERDICTS),
  ],
);

/** The link that a person was mailed for a request: theirs alone, for one decision. */
export const approvalLinks = pgTable(
  "approval_links",
  {
    tenantId: tenantId(),
    approvalId: text("approval_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** SHA-256 of its token. */
    tokenHash: text("token_hash").notNull(),
    createdAt: moment("created_at"),
    /** When its person decided, by it or without it. */
    usedAt: maybeMoment("used_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.approvalId, t.userId] }),
    foreignKey({ columns: [t.tenantId, t.approvalId], foreignColumns: [approvals.tenantId, approvals.id] }),
  ],
);
