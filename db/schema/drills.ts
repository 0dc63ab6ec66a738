import { foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { DrillRecord } from "@/server/drills/domain/report";
import { oneOf } from "./checks";
import { jsonText, moment, tenantId } from "./columns";
import { incidents } from "./incidents";

/** Drills that have ended, each with all that its report says. */
export const drills = pgTable(
  "drills",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    incidentId: text("incident_id").notNull(),
    grade: text("grade").$type<DrillRecord["grade"]>().notNull(),
    record: jsonText<DrillRecord>("record").notNull(),
    /** SHA-256 of the report, as its receipt says. */
    reportDigest: text("report_digest").notNull(),
    startedBy: text("started_by").notNull(),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.incidentId], foreignColumns: [incidents.tenantId, incidents.id] }),
    index("drills_started_idx").on(t.tenantId, t.startedAt, t.id),
    oneOf("drills_grade_check", t.grade, ["passed", "failed"]),
  ],
);
