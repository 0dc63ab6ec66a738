import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { AlertReason } from "@/server/slos/domain/judge";
import { type Sli, SLIS } from "@/server/slos/domain/sli";
import type { SloSpec } from "@/server/slos/domain/slo";
import type { AlertFigures } from "@/server/slos/domain/alert";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** The objectives of a tenant: those of its edition's sheet, or what it has made of them. */
export const slos = pgTable(
  "slos",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    sli: text("sli").$type<Sli>().notNull(),
    spec: jsonText<SloSpec>("spec").notNull(),
    /** The sheet that it was last taken from. */
    sheet: text("sheet").notNull(),
    /** The tenant has changed it: another sheet leaves it as it is. */
    isOwn: boolean("is_own").notNull().default(false),
    /** Grows when what is counted changes, so that no two definitions are added up. */
    generation: integer("generation").notNull().default(1),
    createdAt: moment("created_at"),
    changedAt: moment("changed_at"),
    /** Null where the sheet changed it. */
    changedBy: text("changed_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("slos_sli_key").on(t.tenantId, t.sli),
    oneOf("slos_sli_check", t.sli, SLIS),
  ],
);

/**
 * Every event that was counted, for as long as one may be told again: its key keeps a second telling from counting, and
 * its figures are what a recount adds up.
 */
export const sloEvents = pgTable(
  "slo_events",
  {
    tenantId: tenantId(),
    sloId: text("slo_id").notNull(),
    eventId: text("event_id").notNull(),
    generation: integer("generation").notNull(),
    /** The close of the minute in which it happened. */
    minute: moment("minute"),
    good: integer("good").notNull(),
    total: integer("total").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sloId, t.eventId] }),
    index("slo_events_minute_idx").on(t.tenantId, t.minute),
  ],
);

const sums = {
  good: bigint("good", { mode: "number" }).notNull(),
  total: bigint("total", { mode: "number" }).notNull(),
};

/** Events by the minute in which they happened, named by its close. A minute without events has no row. */
export const sloMinutes = pgTable(
  "slo_minutes",
  {
    tenantId: tenantId(),
    sloId: text("slo_id").notNull(),
    generation: integer("generation").notNull(),
    minute: moment("minute"),
    ...sums,
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sloId, t.generation, t.minute] })],
);

/** The same by the hour, for charts and long ranges. */
export const sloHours = pgTable(
  "slo_hours",
  {
    tenantId: tenantId(),
    sloId: text("slo_id").notNull(),
    generation: integer("generation").notNull(),
    /** The close of the hour. */
    hour: moment("hour"),
    ...sums,
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sloId, t.generation, t.hour] })],
);

/** All that an objective has ever counted, whatever the definition was: for monitoring systems, which read how it grows. */
export const sloTotals = pgTable(
  "slo_totals",
  { tenantId: tenantId(), sloId: text("slo_id").notNull(), ...sums },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sloId] }),
    foreignKey({ columns: [t.tenantId, t.sloId], foreignColumns: [slos.tenantId, slos.id] }),
  ],
);

/** Up to which minute the windows of an objective reach. Whoever counts holds it shared, whoever moves windows alone. */
export const sloMarks = pgTable(
  "slo_marks",
  {
    tenantId: tenantId(),
    sloId: text("slo_id").notNull(),
    watermark: moment("watermark"),
    /** Since when this generation is counted: minutes before have none. */
    countedSince: moment("counted_since"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sloId] }),
    foreignKey({ columns: [t.tenantId, t.sloId], foreignColumns: [slos.tenantId, slos.id] }),
  ],
);

/** Running sums: what the minutes after `from_at`, up to `to_at`, come to. Moved each minute; added up anew only where `is_stale` says so. */
export const sloWindows = pgTable(
  "slo_windows",
  {
    tenantId: tenantId(),
    sloId: text("slo_id").notNull(),
    /** Minutes, or `period`. */
    name: text("name").notNull(),
    generation: integer("generation").notNull(),
    /** Its length; null for a calendar month. */
    minutes: integer("minutes"),
    /** Of the calendar; null for a rolling window. */
    timeZone: text("time_zone"),
    /** Where slices of a minute are counted, not events: what share of good events makes one good, in millionths. */
    sliceGoodPpm: integer("slice_good_ppm"),
    fromAt: moment("from_at"),
    toAt: moment("to_at"),
    ...sums,
    /** To be added up anew: what happened before its end was told too late for the sum to be moved. */
    isStale: boolean("is_stale").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sloId, t.name] }),
    foreignKey({ columns: [t.tenantId, t.sloId], foreignColumns: [slos.tenantId, slos.id] }),
  ],
);

/** Times in which an alert was on. */
export const sloAlerts = pgTable(
  "slo_alerts",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    sloId: text("slo_id").notNull(),
    ruleId: text("rule_id").notNull(),
    severity: text("severity").$type<"page" | "ticket">().notNull(),
    reason: text("reason").$type<AlertReason>().notNull(),
    /** What it came on by. */
    figures: jsonText<AlertFigures>("figures").notNull(),
    /** The close of the minute that first satisfied it. */
    openedAt: moment("opened_at"),
    closedAt: maybeMoment("closed_at"),
    /** The incident that it belongs to; null for a tenant whose plan has none. */
    incidentId: text("incident_id"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.sloId], foreignColumns: [slos.tenantId, slos.id] }),
    uniqueIndex("slo_alerts_open_key")
      .on(t.tenantId, t.sloId, t.ruleId)
      .where(sql`closed_at is null`),
    index("slo_alerts_opened_idx").on(t.tenantId, t.openedAt),
    oneOf("slo_alerts_severity_check", t.severity, ["page", "ticket"]),
  ],
);

/** Minutes whose close was judged, each once: one that is missing was not watched when it ended. */
export const sloPasses = pgTable("slo_passes", {
  minute: moment("minute").primaryKey(),
  endedAt: moment("ended_at"),
  tookMs: integer("took_ms").notNull(),
  /** Objectives whose windows were moved. */
  slos: integer("slos").notNull(),
  /** Minutes that a recount found to differ from their events; null where none was made with this pass. */
  different: integer("different"),
});
