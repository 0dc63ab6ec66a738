export const INVITATION_STATUSES = ["pending", "accepted", "revoked"] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** How long an invitation can be accepted. */
const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;

/** The end of an invitation made at this moment. */
export function invitationEnd(createdAt: Date): Date {
  return new Date(createdAt.getTime() + INVITATION_DAYS * DAY_MS);
}

/** What a stored invitation is at a moment: a pending one whose time is over reads as expired. */
export type InvitationState = InvitationStatus | "expired";

export function invitationState(invitation: { status: InvitationStatus; expiresAt: Date }, now: Date): InvitationState {
  return invitation.status === "pending" && invitation.expiresAt <= now ? "expired" : invitation.status;
}

/** What the mailed token is the MAC of: resending renews `createdAt`, which ends the link before it. */
export function tokenText(invitation: { id: string; createdAt: Date }): string {
  return `${invitation.id} ${invitation.createdAt.toISOString()}`;
}

/** Where the mailed link leads, under the deployment's public URL. */
export function invitationPath(invitationId: string, token: string): string {
  return `/invitations/${invitationId}?token=${token}`;
}
