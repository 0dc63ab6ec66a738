import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { FINDING_STATUSES, type FindingStatus, SEVERITIES, type Severity } from "@/server/findings/domain/finding";
import { audits } from "./audits";
import { oneOf } from "./checks";
import { maybeMoment, moment, tenantId } from "./columns";
import { users } from "./identity";

/** Gaps that somebody has to close. One row per gap: two audits that find the same one share it, and one that comes back is opened again. */
export const findings = pgTable(
  "findings",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** The tenant's own count of them: `F-12` is its ticket here. */
    number: integer("number").notNull(),
    /** Names the gap. */
    key: text("key").notNull(),
    checkId: text("check_id").notNull(),
    control: text("control").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    title: text("title").notNull(),
    detail: text("detail").notNull(),
    remedy: text("remedy").notNull(),
    status: text("status").$type<FindingStatus>().notNull(),
    /** The audit that saw it last, and the digest of what it saw. */
    auditId: text("audit_id").notNull(),
    evidenceDigest: text("evidence_digest").notNull(),
    ownerId: text("owner_id").references(() => users.id),
    dueAt: moment("due_at"),
    /** When it was last opened. */
    openedAt: moment("opened_at"),
    seenAt: moment("seen_at"),
    times: integer("times").notNull().default(1),
    /** Who says that it is closed and may be tested again; until it is tested. */
    readyBy: text("ready_by").references(() => users.id),
    /** What they say was done about it. */
    readyNote: text("ready_note"),
    /** Who has asked for the test, while it runs. */
    retestBy: text("retest_by"),
    retestedAt: maybeMoment("retested_at"),
    /** What the last test said. */
    retestReason: text("retest_reason"),
    closedAt: maybeMoment("closed_at"),
    closedBy: text("closed_by"),
    acceptedUntil: maybeMoment("accepted_until"),
    acceptedReason: text("accepted_reason"),
    acceptedBy: text("accepted_by").references(() => users.id),
    /** The last stage at which administrators were told that it is overdue; 0 for none. */
    escalated: integer("escalated").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.auditId], foreignColumns: [audits.tenantId, audits.id] }),
    uniqueIndex("findings_key").on(t.tenantId, t.key),
    uniqueIndex("findings_number").on(t.tenantId, t.number),
    index("findings_due_idx")
      .on(t.dueAt)
      .where(sql`closed_at is null`),
    oneOf("findings_status_check", t.status, FINDING_STATUSES),
    oneOf("findings_severity_check", t.severity, SEVERITIES),
  ],
);
