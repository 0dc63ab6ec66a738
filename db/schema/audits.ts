import { sql } from "drizzle-orm";
import { foreignKey, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { CHECK_STATES, type CheckResult, type CheckState, OUTCOMES, type Outcome } from "@/server/audits/domain/check";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Audits of the product by itself, each with what it came to. */
export const audits = pgTable(
  "audits",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Who had it run, as receipts name actors. */
    startedBy: text("started_by").notNull(),
    startedAt: moment("started_at"),
    endedAt: maybeMoment("ended_at"),
    /** Null while it runs. */
    verdict: text("verdict").$type<Outcome>(),
    /** SHA-256 of its report in JSON, under which it lies as evidence. */
    reportDigest: text("report_digest"),
    /** The bundle that it was sealed into; null where it was not. */
    bundleId: text("bundle_id"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    // One at a time: a second would count the same gaps again.
    uniqueIndex("audits_running_key")
      .on(t.tenantId)
      .where(sql`ended_at is null`),
    oneOf("audits_verdict_check", t.verdict, OUTCOMES),
  ],
);

/** What each check of an audit found. */
export const auditChecks = pgTable(
  "audit_checks",
  {
    tenantId: tenantId(),
    auditId: text("audit_id").notNull(),
    checkId: text("check_id").notNull(),
    /** Place in the audit, from 0. */
    place: integer("place").notNull(),
    state: text("state").$type<CheckState>().notNull(),
    result: jsonText<CheckResult>("result"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.auditId, t.checkId] }),
    foreignKey({ columns: [t.tenantId, t.auditId], foreignColumns: [audits.tenantId, audits.id] }),
    oneOf("audit_checks_state_check", t.state, CHECK_STATES),
  ],
);
