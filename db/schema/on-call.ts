import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { EscalationStep } from "@/server/on-call/domain/escalation";
import { type Rotation, ROTATIONS } from "@/server/on-call/domain/rotation";
import { oneOf } from "./checks";
import { jsonText, moment, tenantId } from "./columns";
import { users } from "./identity";
import { tenants } from "./tenants";

/** People who take turns at being told first. */
export const onCallSchedules = pgTable(
  "on_call_schedules",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    zone: text("zone").notNull(),
    rotation: text("rotation").$type<Rotation>().notNull(),
    handoffAt: text("handoff_at").notNull(),
    startsOn: text("starts_on").notNull(),
    /** User ids in the order of their turns. */
    people: text("people").array().notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("on_call_schedules_name_key").on(t.tenantId, t.name),
    oneOf("on_call_schedules_rotation_check", t.rotation, ROTATIONS),
    check("on_call_schedules_handoff_check", sql`handoff_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check("on_call_schedules_people_check", sql`cardinality(people) > 0`),
  ],
);

/** Somebody else for a while. */
export const onCallOverrides = pgTable(
  "on_call_overrides",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    scheduleId: text("schedule_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    startsAt: moment("starts_at"),
    endsAt: moment("ends_at"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "on_call_overrides_schedule_fk",
      columns: [t.tenantId, t.scheduleId],
      foreignColumns: [onCallSchedules.tenantId, onCallSchedules.id],
    }).onDelete("cascade"),
    index("on_call_overrides_schedule_idx").on(t.tenantId, t.scheduleId, t.endsAt),
    check("on_call_overrides_times_check", sql`starts_at < ends_at`),
  ],
);

/** Who is told when nobody acknowledges; without a row, `defaultSteps`. */
export const escalationPolicies = pgTable(
  "escalation_policies",
  {
    tenantId: tenantId(),
    steps: jsonText<EscalationStep[]>("steps").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);
