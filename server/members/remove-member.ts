import { defineWrite } from "@/server/verb";
import { authoriseGrant } from "./authorise-grant";
import { endMembership } from "./end-membership";
import { loadMember } from "./load";
import { memberSchema } from "./schemas";

/**
 * Ends a membership, from the person's next request on, and the invitations they sent. Refuses someone whose roles the
 * caller may not take (Forbidden) and the last holder of a role that the tenant needs (Conflict).
 */
export const removeMember = defineWrite({
  action: "member.remove",
  receipt: "member.remove",
  input: memberSchema,
  load: loadMember,
  write: async (scope, { memberId }, { row, ...found }) => {
    authoriseGrant(scope.ctx, "member.remove", found, row.roles);
    return { value: { memberId }, ...(await endMembership(scope, row)) };
  },
});
