import { defineWrite } from "@/server/verb";
import { AUDITOR_ROLES } from "./domain/auditor";
import { requireEnd } from "./auditor-grant";
import { loadInviting, makeInvitation } from "./invite-member";
import { inviteAuditorSchema } from "./schemas";

/**
 * Invites an address as an auditor: they read, and nothing else, until a moment at most 90 days away (Invalid). Refuses what
 * `inviteMember` refuses.
 */
export const inviteAuditor = defineWrite({
  action: "member.invite",
  receipt: "auditor.grant",
  input: inviteAuditorSchema,
  load: loadInviting,
  write: (scope, { engagement, until, ...input }, found) => {
    requireEnd(until, scope.now);
    return makeInvitation(scope, found, { ...input, roles: AUDITOR_ROLES }, { engagement, until });
  },
});
