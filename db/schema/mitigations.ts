import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { MitigationRule } from "@/server/mitigations/domain/rule";
import {
  type Figures,
  type MitigationEnd,
  MITIGATION_ENDS,
  type MitigationKind,
  MITIGATION_KINDS,
  type Lever,
} from "@/server/mitigations/domain/mitigation";
import type { Sli } from "@/server/slos/domain/sli";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { incidents } from "./incidents";
import { tenants } from "./tenants";

/** What was done about incidents, with how things stood before and after. One that is on has no end. */
export const mitigations = pgTable(
  "mitigations",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    incidentId: text("incident_id").notNull(),
    kind: text("kind").$type<MitigationKind>().notNull(),
    lever: jsonText<Lever>("lever").notNull(),
    /** Its rank, from 0, of the lowest risk that needs an approval; set exactly where it asks for one. */
    approvalRisk: integer("approval_risk"),
    /** Of a throttle: runs that may be at work at a time. */
    concurrentRuns: integer("concurrent_runs"),
    /** Workflows or classes that it was to hold; a drill holds none of them. */
    wouldHold: integer("would_hold").notNull(),
    /** Holds that it has set, which its end lifts. */
    holdIds: text("hold_ids").array().notNull(),
    reason: text("reason").notNull(),
    /** The rule that asked for it, and the objective whose alert it answers; null: somebody asked. */
    ruleId: text("rule_id"),
    sli: text("sli").$type<Sli>(),
    before: jsonText<Figures>("before").notNull(),
    /** As it was measured seconds later; null until then. */
    after: jsonText<Figures>("after"),
    isDrill: boolean("is_drill").notNull(),
    appliedBy: text("applied_by").notNull(),
    appliedAt: moment("applied_at"),
    expiresAt: moment("expires_at"),
    /** Looked at whether it helps. */
    judgedAt: maybeMoment("judged_at"),
    end: text("ended_how").$type<MitigationEnd>(),
    endedBy: text("ended_by"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.incidentId], foreignColumns: [incidents.tenantId, incidents.id] }),
    index("mitigations_incident_idx").on(t.tenantId, t.incidentId, t.appliedAt),
    index("mitigations_on_idx")
      .on(t.tenantId)
      .where(sql`ended_at is null`),
    oneOf("mitigations_kind_check", t.kind, MITIGATION_KINDS),
    oneOf("mitigations_end_check", t.end, MITIGATION_ENDS),
    check("mitigations_ended_check", sql`(ended_at is null) = (ended_how is null)`),
    check("mitigations_approval_check", sql`(kind = 'require_approval') = (approval_risk is not null)`),
    check("mitigations_throttle_check", sql`(kind = 'throttle') = (concurrent_runs is not null)`),
  ],
);

/** What a tenant has alerts do; one without a row has `DEFAULT_RULES`. */
export const mitigationSettings = pgTable(
  "mitigation_settings",
  {
    tenantId: tenantId(),
    rules: jsonText<readonly MitigationRule[]>("rules").notNull(),
    changedBy: text("changed_by").notNull(),
    changedAt: moment("changed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);
