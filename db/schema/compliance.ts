import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { PROBES, type ProbeName } from "@/server/compliance/domain/words";
import { PROBE_OUTCOMES, type ProbeOutcome } from "@/server/compliance/domain/found";
import type { Json } from "@/server/kernel/json";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Looks at all controls of a tenant, each with how far it has come. */
export const controlCollections = pgTable(
  "control_collections",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    askedBy: text("asked_by").notNull(),
    askedAt: moment("asked_at"),
    /** Probes that have run, and that there are. */
    done: integer("done").notNull(),
    total: integer("total").notNull(),
    endedAt: maybeMoment("ended_at"),
    /** Version of the catalogue that was looked at. */
    catalogue: text("catalogue").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("control_collections_open_key")
      .on(t.tenantId)
      .where(sql`ended_at is null`),
    index("control_collections_asked_idx").on(t.tenantId, t.askedAt),
    check("control_collections_done_check", sql`${t.done} between 0 and ${t.total}`),
  ],
);

/** What probes found. Rows are added and never changed. */
export const controlFacts = pgTable(
  "control_facts",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    collectionId: text("collection_id").notNull(),
    control: text("control").notNull(),
    probe: text("probe").$type<ProbeName>().notNull(),
    outcome: text("outcome").$type<ProbeOutcome>().notNull(),
    reason: text("reason").notNull(),
    facts: jsonText<Json>("facts").notNull(),
    observedAt: moment("observed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "control_facts_collection_fk",
      columns: [t.tenantId, t.collectionId],
      foreignColumns: [controlCollections.tenantId, controlCollections.id],
    }),
    uniqueIndex("control_facts_once_key").on(t.tenantId, t.collectionId, t.control, t.probe),
    index("control_facts_newest_idx").on(t.tenantId, t.control, t.probe, t.observedAt),
    oneOf("control_facts_outcome_check", t.outcome, PROBE_OUTCOMES),
    oneOf("control_facts_probe_check", t.probe, PROBES),
  ],
);

/** Gaps that somebody has accepted for a time. Rows are added and never changed. */
export const controlExceptions = pgTable(
  "control_exceptions",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    control: text("control").notNull(),
    reason: text("reason").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: moment("recorded_at"),
    expiresAt: moment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    index("control_exceptions_control_idx").on(t.tenantId, t.control, t.expiresAt),
    check("control_exceptions_expiry_check", sql`${t.expiresAt} > ${t.recordedAt}`),
  ],
);

/** Acceptances that somebody ended before their day. Rows are added and never changed. */
export const controlExceptionEnds = pgTable(
  "control_exception_ends",
  {
    tenantId: tenantId(),
    exceptionId: text("exception_id").notNull(),
    endedBy: text("ended_by").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    // Of two who end the same, the second has come too late.
    primaryKey({ columns: [t.tenantId, t.exceptionId] }),
    foreignKey({
      name: "control_exception_ends_exception_fk",
      columns: [t.tenantId, t.exceptionId],
      foreignColumns: [controlExceptions.tenantId, controlExceptions.id],
    }),
  ],
);
