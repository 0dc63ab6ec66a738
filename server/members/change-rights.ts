import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { eventOf } from "@/server/kernel/event";
import type { Scope } from "@/server/verb";
import { ADMINISTRATOR_ROLES, changedRoles } from "./domain/grants";
import { memberUpdated } from "./events";
import { keepLastHolder } from "./keep-last-holder";
import type { MemberRow } from "./load";
import { withdrawInvitations } from "./withdraw-invitations";

/** What a member may do and see, as it is stored. */
export interface StoredRights {
  roles: Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
}

/**
 * Changes what a member may do and see, from their next request on. The caller holds the tenant's lock, and has asked
 * whether it may. Refuses taking a role from its last holder (Conflict).
 */
export async function changeRights({ ctx, tx, now }: Scope, row: MemberRow, after: StoredRights) {
  const { id: memberId, userId, roles, region, businessUnit, clearance } = row;
  await keepLastHolder(tx, { tenantId: ctx.tenantId, isOperator: ctx.tenant.isOperator }, row, after.roles);
  const hasNewRoles = changedRoles(roles, after.roles).length > 0;
  await tx
    .update(members)
    .set({ ...after, ...(hasNewRoles ? { rolesChangedAt: now } : {}) })
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
  if (!after.roles.some((role) => ADMINISTRATOR_ROLES.includes(role)))
    await withdrawInvitations(tx, ctx.tenantId, userId);
  return {
    detail: { before: { roles, region, businessUnit, clearance }, after: { ...after } },
    events: [eventOf(memberUpdated, { tenantId: ctx.tenantId, memberId, userId })],
  };
}
