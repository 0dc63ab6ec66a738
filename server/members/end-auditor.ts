import { defineWrite } from "@/server/verb";
import { requireAuditor } from "./auditor-grant";
import { authoriseGrant } from "./authorise-grant";
import { endMembership } from "./end-membership";
import { loadMember } from "./load";
import { memberSchema } from "./schemas";

/** Ends an auditor's time now: they are out with their next request. Refuses a member who is none (Conflict). */
export const endAuditor = defineWrite({
  action: "member.remove",
  receipt: "auditor.end",
  input: memberSchema,
  load: loadMember,
  write: async (scope, { memberId }, { row, ...found }) => {
    authoriseGrant(scope.ctx, "member.remove", found, row.roles);
    const until = requireAuditor(row).toISOString();
    const { detail, events } = await endMembership(scope, row);
    return { value: { memberId }, detail: { ...detail, until }, events };
  },
});
