import { sql } from "drizzle-orm";
import {
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
import type { Environment } from "@/policies/access/vocabulary";
import {
  MESSAGE_CHANNELS,
  MESSAGE_OCCASIONS,
  type MessageChannel,
  type MessageOccasion,
} from "@/server/incidents/domain/messages";
import { INCIDENT_ROLES, type IncidentRole } from "@/server/incidents/domain/roles";
import { SEVERITIES, type Severity } from "@/server/incidents/domain/severity";
import { INCIDENT_STATUSES, type IncidentStatus } from "@/server/incidents/domain/status";
import {
  INCIDENT_SOURCES,
  type IncidentSource,
  TIMELINE_KINDS,
  TIMELINE_SOURCES,
  type TimelineKind,
  type TimelineSource,
} from "@/server/incidents/domain/timeline";
import type { Json } from "@/server/kernel/json";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { users } from "./identity";
import { tenants } from "./tenants";

/** Something that went wrong, until it is put right and looked back at. */
export const incidents = pgTable(
  "incidents",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    status: text("status").$type<IncidentStatus>().notNull(),
    source: text("source").$type<IncidentSource>().notNull(),
    /** What its alerts have in common; one that is not closed per key. Null: opened by hand. */
    key: text("key"),
    sloId: text("slo_id"),
    /** The alert that opened it. */
    alertId: text("alert_id"),
    facts: jsonText<Json>("facts").notNull(),
    isDrill: boolean("is_drill").notNull(),
    isPublic: boolean("is_public").notNull().default(false),
    /** Alerts that came to it, the first among them. */
    alertCount: integer("alert_count").notNull(),
    lastAlertAt: maybeMoment("last_alert_at"),
    /** When alerts were last told of, so that a storm is told of once per window. */
    toldAt: moment("told_at"),
    /** How often it was opened: each time somebody is told anew. */
    episode: integer("episode").notNull().default(1),
    /** Who asked over the API, so that a repeat of the call opens no other. */
    idempotencyKey: text("idempotency_key"),
    openedBy: text("opened_by").notNull(),
    openedAt: moment("opened_at"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: maybeMoment("acknowledged_at"),
    mitigatedAt: maybeMoment("mitigated_at"),
    resolvedAt: maybeMoment("resolved_at"),
    closedAt: maybeMoment("closed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("incidents_key_key")
      .on(t.tenantId, t.key)
      .where(sql`status <> 'closed'`),
    uniqueIndex("incidents_idempotency_key").on(t.tenantId, t.idempotencyKey),
    index("incidents_list_idx").on(t.tenantId, t.openedAt, t.id),
    oneOf("incidents_severity_check", t.severity, SEVERITIES),
    oneOf("incidents_status_check", t.status, INCIDENT_STATUSES),
    oneOf("incidents_source_check", t.source, INCIDENT_SOURCES),
    check("incidents_acknowledged_check", sql`(acknowledged_by is null) = (acknowledged_at is null)`),
    check("incidents_closed_check", sql`(status = 'closed') = (closed_at is not null)`),
    check("incidents_resolved_check", sql`(status in ('resolved', 'closed')) = (resolved_at is not null)`),
    // No incident of a drill reaches a customer.
    check("incidents_public_check", sql`not (is_drill and is_public)`),
  ],
);

/** What happened, in order. Rows are added and never changed. */
export const incidentEntries = pgTable(
  "incident_entries",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    incidentId: text("incident_id").notNull(),
    kind: text("kind").$type<TimelineKind>().notNull(),
    source: text("source").$type<TimelineSource>().notNull(),
    /** Who or what: a reference such as `user:usr_…`. */
    actor: text("actor").notNull(),
    text: text("text").notNull(),
    facts: jsonText<Json>("facts").notNull(),
    /** True: whoever may see the incident on a status page reads this too. */
    isPublic: boolean("is_public").notNull().default(false),
    at: moment("at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "incident_entries_incident_fk",
      columns: [t.tenantId, t.incidentId],
      foreignColumns: [incidents.tenantId, incidents.id],
    }),
    index("incident_entries_list_idx").on(t.tenantId, t.incidentId, t.at, t.id),
    oneOf("incident_entries_kind_check", t.kind, TIMELINE_KINDS),
    oneOf("incident_entries_source_check", t.source, TIMELINE_SOURCES),
    check("incident_entries_public_check", sql`not is_public or kind in ('update', 'status')`),
  ],
);

/** Who plays which part; one person per part, who may play several. */
export const incidentRoles = pgTable(
  "incident_roles",
  {
    tenantId: tenantId(),
    incidentId: text("incident_id").notNull(),
    role: text("role").$type<IncidentRole>().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    assignedAt: moment("assigned_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.incidentId, t.role] }),
    foreignKey({
      name: "incident_roles_incident_fk",
      columns: [t.tenantId, t.incidentId],
      foreignColumns: [incidents.tenantId, incidents.id],
    }),
    oneOf("incident_roles_role_check", t.role, INCIDENT_ROLES),
  ],
);

/** What somebody is to do about it. */
export const incidentTasks = pgTable(
  "incident_tasks",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    incidentId: text("incident_id").notNull(),
    title: text("title").notNull(),
    ownerId: text("owner_id").references(() => users.id),
    dueAt: maybeMoment("due_at"),
    doneBy: text("done_by"),
    doneAt: maybeMoment("done_at"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "incident_tasks_incident_fk",
      columns: [t.tenantId, t.incidentId],
      foreignColumns: [incidents.tenantId, incidents.id],
    }),
    index("incident_tasks_incident_idx").on(t.tenantId, t.incidentId, t.id),
    check("incident_tasks_done_check", sql`(done_by is null) = (done_at is null)`),
  ],
);

/** Messages to people outside of the app, each sent once: a row is claimed before it is sent. */
export const incidentMessages = pgTable(
  "incident_messages",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    incidentId: text("incident_id").notNull(),
    /** What is told to whom, such as `opened:1:email:usr_…`: one row each, however often the job runs. */
    dedupe: text("dedupe").notNull(),
    occasion: text("occasion").$type<MessageOccasion>().notNull(),
    channel: text("channel").$type<MessageChannel>().notNull(),
    /** Null for a channel that is the tenant's. */
    userId: text("user_id").references(() => users.id),
    createdAt: moment("created_at"),
    /** Until then whoever claimed it has it to send. */
    claimedUntil: maybeMoment("claimed_until"),
    attempts: integer("attempts").notNull().default(0),
    sentAt: maybeMoment("sent_at"),
    /** Why it was given up; null while it may still be sent. */
    failure: text("failure"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "incident_messages_incident_fk",
      columns: [t.tenantId, t.incidentId],
      foreignColumns: [incidents.tenantId, incidents.id],
    }),
    uniqueIndex("incident_messages_dedupe_key").on(t.tenantId, t.incidentId, t.dedupe),
    oneOf("incident_messages_occasion_check", t.occasion, MESSAGE_OCCASIONS),
    oneOf("incident_messages_channel_check", t.channel, MESSAGE_CHANNELS),
    check("incident_messages_recipient_check", sql`(channel = 'email') = (user_id is not null)`),
  ],
);

/** How a tenant tells of incidents besides mail; without a row: not in Slack, and no public page. */
export const incidentSettings = pgTable(
  "incident_settings",
  {
    tenantId: tenantId(),
    /** Name of the secret that holds the address of a Slack incoming webhook, and its environment. */
    slackSecret: text("slack_secret"),
    slackEnvironment: text("slack_environment").$type<Environment>(),
    /** True: whoever knows the tenant's slug reads its public incidents. */
    hasStatusPage: boolean("has_status_page").notNull().default(false),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    check("incident_settings_slack_check", sql`(slack_secret is null) = (slack_environment is null)`),
  ],
);

/** Which member somebody in Slack is: what they do there is done as this member. */
export const slackIdentities = pgTable(
  "slack_identities",
  {
    tenantId: tenantId(),
    /** Slack's id of the workspace, and of the person in it. */
    slackTeam: text("slack_team").notNull(),
    slackUser: text("slack_user").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    linkedAt: moment("linked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.slackTeam, t.slackUser] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);
