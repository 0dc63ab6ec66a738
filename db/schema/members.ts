import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { DATA_SENSITIVITIES, type DataSensitivity, type Role, ROLES } from "@/policies/access/vocabulary";
import { INVITATION_STATUSES, type InvitationStatus } from "@/server/members/domain/invitation";
import { maybeMoment, moment, tenantId } from "./columns";
import { oneOf, someOf } from "./checks";
import { users } from "./identity";
import { tenants } from "./tenants";

/** What a subject is, as policy sees it. */
const subjectAttributes = {
  roles: text("roles").array().$type<Role[]>().notNull(),
  region: text("region").notNull(),
  businessUnit: text("business_unit").notNull(),
  clearance: text("clearance").$type<DataSensitivity>().notNull(),
};

/** Whoever is an auditor holds `read_only` and nothing else. */
const readsOnly = (name: string, until: AnyPgColumn, roles: AnyPgColumn) =>
  check(name, sql`${until} is null or ${roles} = array['read_only']::text[]`);

export const members = pgTable(
  "members",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    ...subjectAttributes,
    /** Break-glass is open for them until then. */
    breakGlassUntil: maybeMoment("break_glass_until"),
    /** Of an auditor: from then on they are no member any more. */
    auditorUntil: maybeMoment("auditor_until"),
    rolesChangedAt: moment("roles_changed_at").default(sql`now()`),
    createdAt: moment("created_at").default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("members_tenant_user_key").on(t.tenantId, t.userId),
    index("members_user_idx").on(t.userId),
    index("members_auditor_idx")
      .on(t.auditorUntil)
      .where(sql`auditor_until is not null`),
    someOf("members_roles_check", t.roles, ROLES),
    oneOf("members_clearance_check", t.clearance, DATA_SENSITIVITIES),
    readsOnly("members_auditor_check", t.auditorUntil, t.roles),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    email: text("email").notNull(),
    ...subjectAttributes,
    status: text("status").$type<InvitationStatus>().notNull().default("pending"),
    invitedBy: text("invited_by").notNull(),
    /** Of an auditor: until when, and what for. */
    auditorUntil: maybeMoment("auditor_until"),
    engagement: text("engagement"),
    createdAt: moment("created_at"),
    expiresAt: moment("expires_at"),
    acceptedAt: maybeMoment("accepted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("invitations_pending_key")
      .on(t.tenantId, t.email)
      .where(sql`status = 'pending'`),
    uniqueIndex("invitations_id_key").on(t.id),
    someOf("invitations_roles_check", t.roles, ROLES),
    oneOf("invitations_clearance_check", t.clearance, DATA_SENSITIVITIES),
    oneOf("invitations_status_check", t.status, INVITATION_STATUSES),
    readsOnly("invitations_auditor_check", t.auditorUntil, t.roles),
    check("invitations_engagement_check", sql`(${t.auditorUntil} is null) = (${t.engagement} is null)`),
  ],
);

/** What auditors were let in for, and until when: one row per membership of one, kept after it. */
export const auditorGrants = pgTable(
  "auditor_grants",
  {
    tenantId: tenantId(),
    memberId: text("member_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    engagement: text("engagement").notNull(),
    grantedBy: text("granted_by").notNull(),
    startsAt: moment("starts_at"),
    endsAt: moment("ends_at"),
    /** When the membership was over; null while it goes on. */
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.memberId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);

/** What auditors were shown: each question about a thing once a minute. It is written before it is shown, and never changed. */
export const auditorViews = pgTable(
  "auditor_views",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    memberId: text("member_id").notNull(),
    userId: text("user_id").notNull(),
    /** What policy was asked. */
    action: text("action").notNull(),
    /** The call that showed it, such as `findings.get`. */
    procedure: text("procedure").notNull(),
    /** `<kind>:<id>`, as receipts name it. */
    subject: text("subject").notNull(),
    /** With what the call was made, as canonical JSON; the digest of what is long. */
    asked: text("asked").notNull(),
    at: moment("at"),
    /** `at` without its seconds. */
    minute: moment("minute"),
    requestId: text("request_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "auditor_views_grant_fk",
      columns: [t.tenantId, t.memberId],
      foreignColumns: [auditorGrants.tenantId, auditorGrants.memberId],
    }),
    uniqueIndex("auditor_views_once_key").on(t.tenantId, t.memberId, t.procedure, t.subject, t.asked, t.minute),
  ],
);
