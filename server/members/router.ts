import { createRouter } from "@/server/trpc/init";
import { accountMutation, accountQuery, tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  acceptInvitation,
  endAuditor,
  extendAuditor,
  getInvitation,
  grantAuditor,
  inviteAuditor,
  inviteMember,
  leaveTenant,
  listAuditors,
  listAuditorViews,
  listInvitations,
  listMembers,
  removeMember,
  resendInvitation,
  revokeInvitation,
  updateMember,
} from "./index";

export const membersRouter = createRouter({
  list: tenantQuery(listMembers),
  update: tenantMutation(updateMember),
  remove: tenantMutation(removeMember),
  invite: tenantMutation(inviteMember),
  auditors: tenantQuery(listAuditors),
  auditorViews: tenantQuery(listAuditorViews),
  inviteAuditor: tenantMutation(inviteAuditor),
  grantAuditor: tenantMutation(grantAuditor),
  extendAuditor: tenantMutation(extendAuditor),
  endAuditor: tenantMutation(endAuditor),
  invitations: tenantQuery(listInvitations),
  resendInvitation: tenantMutation(resendInvitation),
  revokeInvitation: tenantMutation(revokeInvitation),
  invitation: accountQuery(getInvitation),
  acceptInvitation: accountMutation(acceptInvitation),
  leave: accountMutation(leaveTenant),
});
