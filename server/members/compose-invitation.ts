import { and, eq } from "drizzle-orm";
import { invitations, tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Role } from "@/policies/access/vocabulary";
import { env } from "@/server/platform/env";
import type { CallContext } from "@/server/verb";
import { invitationPath, invitationState } from "./domain/invitation";
import { invitationToken } from "./invitation-token";

/** What an invitation's mail says. Holds the link's secret: hand it to the mailer and nowhere else. */
export interface InvitationLetter {
  to: string;
  tenantName: string;
  inviterName: string;
  roles: Role[];
  url: string;
  expiresAt: string;
}

/** The mail that is due for an invitation; null when it is no longer open, so nothing is to be sent. */
export async function composeInvitation(
  call: CallContext,
  { tenantId, invitationId }: { tenantId: string; invitationId: string },
): Promise<InvitationLetter | null> {
  const [found] = await withTenant({ database: call.database, tenantId }, (tx) =>
    tx
      .select({ invitation: invitations, tenantName: tenants.name, name: users.name, email: users.email })
      .from(invitations)
      .innerJoin(tenants, eq(tenants.tenantId, invitations.tenantId))
      .leftJoin(users, eq(users.id, invitations.invitedBy))
      .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, invitationId))),
  );
  if (found === undefined || invitationState(found.invitation, call.clock.now()) !== "pending") return null;
  const { invitation, tenantName, name, email } = found;
  const path = invitationPath(invitation.id, invitationToken(invitation));
  return {
    ...{ to: invitation.email, tenantName, inviterName: name ?? email ?? "An administrator", roles: invitation.roles },
    url: new URL(path, env().CONDUCTOR_PUBLIC_URL).href,
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
