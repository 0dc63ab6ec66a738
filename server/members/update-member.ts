import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { authoriseGrant, authoriseOwnChange } from "./authorise-grant";
import { ADMINISTRATOR_ROLES, changedRoles, type Rights } from "./domain/grants";
import { memberUpdated } from "./events";
import { keepLastHolder } from "./keep-last-holder";
import { loadMember } from "./load";
import { updateMemberSchema } from "./schemas";
import { withdrawInvitations } from "./withdraw-invitations";

/**
 * Changes what a member may do and see, from their next request on. Refuses giving or taking a role that the caller may
 * not (Forbidden), widening one's own rights (Forbidden), and taking a role from its last holder (Conflict).
 */
export const updateMember = defineWrite({
  action: "member.update",
  receipt: "member.update",
  input: updateMemberSchema,
  load: loadMember,
  write: async ({ ctx, tx, now }, { memberId, ...changes }, { row, ...found }) => {
    const { roles, region, businessUnit, clearance } = row;
    const before = { roles, region, businessUnit, clearance };
    const after = { ...before, ...changes };
    if (row.userId === ctx.principal.id) authoriseOwnChange(ctx, "member.update", found, before, after);
    const changed = changedRoles(before.roles, after.roles);
    authoriseGrant(ctx, "member.update", found, changed);
    await keepLastHolder(tx, { tenantId: ctx.tenantId, isOperator: ctx.tenant.isOperator }, row, after.roles);
    await tx
      .update(members)
      .set({ ...after, ...(changed.length === 0 ? {} : { rolesChangedAt: now }) })
      .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
    if (!governs(after)) await withdrawInvitations(tx, ctx.tenantId, row.userId);
    return {
      value: { memberId, ...after },
      detail: { before, after },
      events: [eventOf(memberUpdated, { tenantId: ctx.tenantId, memberId, userId: row.userId })],
    };
  },
});

const governs = (rights: Rights) => rights.roles.some((role) => ADMINISTRATOR_ROLES.includes(role));
