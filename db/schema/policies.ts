import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { GOVERNANCE_PROFILES, type GovernanceProfile } from "@/policies/access/vocabulary";
import type { Policy } from "@/policies/access/policy";
import type { Tightening } from "@/policies/packs/tightening";
import { BREAK_GLASS_STATUSES, type BreakGlassStatus } from "@/server/break-glass/domain/status";
import { POLICY_CHANGE_STATUSES, type PolicyChangeStatus } from "@/server/policy-changes/domain/status";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Another pack or tightening that somebody proposed, and what became of it. */
export const policyChanges = pgTable(
  "policy_changes",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    status: text("status").$type<PolicyChangeStatus>().notNull().default("pending"),
    profile: text("profile").$type<GovernanceProfile>().notNull(),
    tightening: jsonText<Tightening>("tightening").notNull(),
    /** Why, in the words of whoever proposed it. */
    reason: text("reason").notNull(),
    /** The revision that decided when it was proposed, and the one that it comes to. */
    fromRevision: text("from_revision").notNull(),
    toRevision: text("to_revision").notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: moment("proposed_at"),
    decidedBy: text("decided_by"),
    decidedAt: maybeMoment("decided_at"),
    comment: text("comment"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("policy_changes_pending_key")
      .on(t.tenantId)
      .where(sql`status = 'pending'`),
    index("policy_changes_list_idx").on(t.tenantId, t.proposedAt, t.id),
    oneOf("policy_changes_status_check", t.status, POLICY_CHANGE_STATUSES),
    oneOf("policy_changes_profile_check", t.profile, GOVERNANCE_PROFILES),
  ],
);

/** Each policy that a tenant has ever been decided by, whole: what its revision names can be asked again. */
export const policySnapshots = pgTable(
  "policy_snapshots",
  {
    tenantId: tenantId(),
    revision: text("revision").notNull(),
    at: moment("at"),
    policy: jsonText<Pick<Policy, "profile" | "revision" | "pack" | "clauses">>("policy").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.revision] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);

/** Who asked for rights in need, for how long, who opened it, and who looked at it afterwards. */
export const breakGlassGrants = pgTable(
  "break_glass_grants",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    status: text("status").$type<BreakGlassStatus>().notNull(),
    userId: text("user_id").notNull(),
    reason: text("reason").notNull(),
    /** What it is about, as the tenant names it: an incident, a ticket. */
    reference: text("reference").notNull(),
    minutes: integer("minutes").notNull(),
    askedAt: moment("asked_at"),
    openedBy: text("opened_by"),
    openedAt: maybeMoment("opened_at"),
    expiresAt: maybeMoment("expires_at"),
    endedBy: text("ended_by"),
    endedAt: maybeMoment("ended_at"),
    reviewedBy: text("reviewed_by"),
    reviewedAt: maybeMoment("reviewed_at"),
    /** Of whoever refused or looked at it. */
    comment: text("comment"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("break_glass_grants_one_key")
      .on(t.tenantId, t.userId)
      .where(sql`status in ('asked', 'open')`),
    index("break_glass_grants_list_idx").on(t.tenantId, t.askedAt, t.id),
    oneOf("break_glass_grants_status_check", t.status, BREAK_GLASS_STATUSES),
  ],
);
