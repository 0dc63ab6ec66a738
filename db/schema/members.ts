import { sql } from "drizzle-orm";
import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
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
    rolesChangedAt: moment("roles_changed_at").default(sql`now()`),
    createdAt: moment("created_at").default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("members_tenant_user_key").on(t.tenantId, t.userId),
    index("members_user_idx").on(t.userId),
    someOf("members_roles_check", t.roles, ROLES),
    oneOf("members_clearance_check", t.clearance, DATA_SENSITIVITIES),
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
  ],
);
