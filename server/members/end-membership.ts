import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import type { Scope } from "@/server/verb";
import { endGrant } from "./auditor-grant";
import { memberRemoved } from "./events";
import { keepLastHolder } from "./keep-last-holder";
import type { MemberRow } from "./load";
import { withdrawInvitations } from "./withdraw-invitations";

/**
 * Ends a membership, from the person's next request on, and the invitations they sent. The caller holds the tenant's lock.
 * Refuses the last holder of a role that the tenant needs (Conflict).
 */
export async function endMembership({ ctx, tx, now }: Scope, row: MemberRow) {
  const { id: memberId, userId, roles } = row;
  await keepLastHolder(tx, { tenantId: ctx.tenantId, isOperator: ctx.tenant.isOperator }, row, []);
  await withdrawInvitations(tx, ctx.tenantId, userId);
  await endGrant(tx, ctx.tenantId, memberId, now);
  await tx.delete(members).where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
  return {
    detail: { userId, roles },
    events: [eventOf(memberRemoved, { tenantId: ctx.tenantId, memberId, userId })],
  };
}
