import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { DATA_SENSITIVITIES, type DataSensitivity, type Role, ROLES } from "@/policies/access/vocabulary";
import type { Json } from "@/server/kernel/json";
import {
  FIRE_STATUSES,
  type FireStatus,
  TRIGGER_KINDS,
  type TriggerKind,
  type TriggerSettings,
} from "@/server/triggers/domain/kinds";
import { jsonText, maybeMoment, moment, sealed, tenantId } from "./columns";
import { oneOf, someOf } from "./checks";
import type { Failure } from "./runs";
import { tenants } from "./tenants";
import { workflows } from "./workflows";

/** What starts runs of a workflow by itself, and the rights with which it does. */
export const triggers = pgTable(
  "triggers",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    workflowId: text("workflow_id").notNull(),
    kind: text("kind").$type<TriggerKind>().notNull(),
    name: text("name").notNull(),
    settings: jsonText<TriggerSettings>("settings").notNull(),
    isEnabled: boolean("is_enabled").notNull(),
    /** Whose finished runs fire it; set for that event only. */
    sourceWorkflowId: text("source_workflow_id"),
    /** The event that fires it; set for event triggers only. */
    eventName: text("event_name"),
    /** The next slot; set for enabled schedules that have one. */
    nextAt: maybeMoment("next_at"),
    roles: text("roles").array().$type<Role[]>().notNull(),
    region: text("region").notNull(),
    businessUnit: text("business_unit").notNull(),
    clearance: text("clearance").$type<DataSensitivity>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at"),
    updatedAt: moment("updated_at"),
    /** A deleted trigger fires no more; it stays so that what it started can be told. */
    deletedAt: maybeMoment("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    foreignKey({ columns: [t.tenantId, t.workflowId], foreignColumns: [workflows.tenantId, workflows.id] }),
    foreignKey({ columns: [t.tenantId, t.sourceWorkflowId], foreignColumns: [workflows.tenantId, workflows.id] }),
    uniqueIndex("triggers_id_key").on(t.id),
    index("triggers_workflow_idx").on(t.tenantId, t.workflowId),
    index("triggers_event_idx")
      .on(t.tenantId, t.eventName)
      .where(sql`event_name is not null and deleted_at is null`),
    index("triggers_due_idx")
      .on(t.nextAt)
      .where(sql`next_at is not null`),
    oneOf("triggers_kind_check", t.kind, TRIGGER_KINDS),
    someOf("triggers_roles_check", t.roles, ROLES),
    oneOf("triggers_clearance_check", t.clearance, DATA_SENSITIVITIES),
    check("triggers_event_check", sql`(kind = 'event') = (event_name is not null)`),
    check("triggers_next_check", sql`next_at is null or (kind = 'schedule' and is_enabled and deleted_at is null)`),
  ],
);

/** Signing secrets of webhook triggers, sealed as `secrets` are. The one in use has no end. */
export const triggerSecrets = pgTable(
  "trigger_secrets",
  {
    tenantId: tenantId(),
    /** The trigger's. */
    id: text("id").notNull(),
    version: integer("version").notNull(),
    ...sealed(),
    createdAt: moment("created_at"),
    validUntil: maybeMoment("valid_until"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id, t.version] }),
    foreignKey({ columns: [t.tenantId, t.id], foreignColumns: [triggers.tenantId, triggers.id] }),
    index("trigger_secrets_key_idx").on(t.tenantId, t.keyId),
  ],
);

/** Each time a trigger fired: one row, and so at most one run, per message, slot or event. */
export const triggerFires = pgTable(
  "trigger_fires",
  {
    tenantId: tenantId(),
    triggerId: text("trigger_id").notNull(),
    /** Names what fired it, and is the idempotency key of its run. */
    key: text("key").notNull(),
    status: text("status").$type<FireStatus>().notNull(),
    /** How many triggers led here one after the other, this one included. */
    depth: integer("depth").notNull(),
    /** Digest of a webhook's body. */
    bodyDigest: text("body_digest"),
    /** What the run is made of: the input of a schedule, the event of an event trigger. */
    payload: jsonText<Json>("payload"),
    runId: text("run_id"),
    /** The run whose end fired it; null for whatever else did. */
    sourceRunId: text("source_run_id"),
    refusal: jsonText<Failure>("refusal"),
    firedAt: moment("fired_at"),
    settledAt: maybeMoment("settled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.triggerId, t.key] }),
    foreignKey({ columns: [t.tenantId, t.triggerId], foreignColumns: [triggers.tenantId, triggers.id] }),
    index("trigger_fires_last_idx").on(t.tenantId, t.triggerId, t.status, t.firedAt),
    index("trigger_fires_pending_idx")
      .on(t.firedAt)
      .where(sql`status = 'pending' and payload is not null`),
    oneOf("trigger_fires_status_check", t.status, FIRE_STATUSES),
  ],
);

/** Events that a tenant's own programs sent. */
export const sentEvents = pgTable(
  "sent_events",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    data: jsonText<Json>("data").notNull(),
    idempotencyKey: text("idempotency_key"),
    sentBy: text("sent_by").notNull(),
    sentAt: moment("sent_at"),
    /** In the order in which they came, whatever clocks say: a wait counts those after its own place. */
    place: bigint("place", { mode: "number" }).generatedAlwaysAsIdentity(),
    /** Until every run that waits for it has it. */
    isUndelivered: boolean("is_undelivered").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    index("sent_events_place_idx").on(t.tenantId, t.place),
    index("sent_events_undelivered_idx")
      .on(t.tenantId, t.name, t.place)
      .where(sql`is_undelivered`),
    uniqueIndex("sent_events_idempotency_key")
      .on(t.tenantId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
);
