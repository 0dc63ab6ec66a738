import type { Role } from "@/policies/access/vocabulary";
import { defineAccountVerb } from "@/server/verb";
import { type InvitationState, invitationState } from "./domain/invitation";
import { findLinkedInvitation } from "./find-invitation";
import { limitAttempts } from "./limit-attempts";
import { invitationLinkSchema } from "./schemas";

/** What the page behind an invitation's link shows before anyone accepts. */
export interface InvitationPreview {
  tenant: { name: string; slug: string };
  roles: Role[];
  state: InvitationState;
  /** False when the caller is signed in with another address than the invited one. */
  isForYou: boolean;
  expiresAt: string;
}

/** Reads the invitation that a link opens; NotFound for any other token. */
export const getInvitation = defineAccountVerb({
  kind: "read",
  self: "reads an invitation whose link the caller holds",
  input: invitationLinkSchema,
  run: async (ctx, link): Promise<InvitationPreview> => {
    await limitAttempts(ctx);
    const { invitation, tenant } = await findLinkedInvitation(ctx, link);
    return {
      ...{ tenant, roles: invitation.roles, state: invitationState(invitation, ctx.clock.now()) },
      isForYou: invitation.email === ctx.user.email,
      expiresAt: invitation.expiresAt.toISOString(),
    };
  },
});
