import { env } from "@/server/platform/env";
import { deriveKey, equalTexts, macText } from "@/server/platform/keys";
import { tokenText } from "./domain/invitation";

interface Invitation {
  id: string;
  createdAt: Date;
}

/** The secret of an invitation's link. Computed whenever it is needed, so no table, event or receipt holds it. */
export function invitationToken(invitation: Invitation): string {
  return macText(deriveKey(env().CONDUCTOR_SECRET, "invitation"), tokenText(invitation));
}

/** True when this is the invitation's current token. */
export function opensInvitation(invitation: Invitation, token: string): boolean {
  return equalTexts(invitationToken(invitation), token);
}
