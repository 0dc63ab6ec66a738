import { conflict } from "@/server/kernel/errors";
import { defineWrite, requireKnownRegion } from "@/server/verb";
import { authoriseGrant, authoriseOwnChange } from "./authorise-grant";
import { changeRights } from "./change-rights";
import { isReaderOnly } from "./domain/auditor";
import { changedRoles } from "./domain/grants";
import { loadMember } from "./load";
import { updateMemberSchema } from "./schemas";

/**
 * Changes what a member may do and see, from their next request on. Refuses giving or taking a role that the caller may
 * not (Forbidden), widening one's own rights (Forbidden), taking a role from its last holder, and giving an auditor any (Conflict).
 */
export const updateMember = defineWrite({
  action: "member.update",
  receipt: "member.update",
  input: updateMemberSchema,
  load: loadMember,
  write: async (scope, { memberId, ...changes }, { row, ...found }) => {
    const { ctx } = scope;
    requireKnownRegion(changes.region);
    const { roles, region, businessUnit, clearance } = row;
    const before = { roles, region, businessUnit, clearance };
    const after = { ...before, ...changes };
    if (row.userId === ctx.principal.id) authoriseOwnChange(ctx, "member.update", found, before, after);
    authoriseGrant(ctx, "member.update", found, changedRoles(before.roles, after.roles));
    if (row.auditorUntil !== null && !isReaderOnly(after.roles))
      throw conflict("An auditor only reads. End their time first, then invite them as what they are to be.");
    return { value: { memberId, ...after }, ...(await changeRights(scope, row, after)) };
  },
});
