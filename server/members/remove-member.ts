import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { authoriseGrant } from "./authorise-grant";
import { memberRemoved } from "./events";
import { keepLastHolder } from "./keep-last-holder";
import { loadMember } from "./load";
import { memberSchema } from "./schemas";
import { withdrawInvitations } from "./withdraw-invitations";

/**
 * Ends a membership, from the person's next request on, and the invitations they sent. Refuses someone whose roles the
 * caller may not take (Forbidden) and the last holder of a role that the tenant needs (Conflict).
 */
export const removeMember = defineWrite({
  action: "member.remove",
  receipt: "member.remove",
  input: memberSchema,
  load: loadMember,
  write: async ({ ctx, tx }, { memberId }, { row, ...found }) => {
    authoriseGrant(ctx, "member.remove", found, row.roles);
    await keepLastHolder(tx, { tenantId: ctx.tenantId, isOperator: ctx.tenant.isOperator }, row, []);
    await withdrawInvitations(tx, ctx.tenantId, row.userId);
    await tx.delete(members).where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
    return {
      value: { memberId },
      detail: { userId: row.userId, roles: row.roles },
      events: [eventOf(memberRemoved, { tenantId: ctx.tenantId, memberId, userId: row.userId })],
    };
  },
});
