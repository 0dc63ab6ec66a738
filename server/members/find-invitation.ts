import { eq } from "drizzle-orm";
import { invitations, tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import type { CallContext } from "@/server/verb";
import { opensInvitation } from "./invitation-token";
import type { InvitationRow } from "./load";

export interface LinkedInvitation {
  invitation: InvitationRow;
  tenant: { name: string; slug: string };
}

/** The invitation that a link opens. A wrong token and an id that never was get the same NotFound. */
export async function findLinkedInvitation(
  call: CallContext,
  link: { invitationId: string; token: string },
): Promise<LinkedInvitation> {
  const [found] = await withSystem(call, "find-invitation", (tx) =>
    tx
      .select({ invitation: invitations, tenant: { name: tenants.name, slug: tenants.slug } })
      .from(invitations)
      .innerJoin(tenants, eq(tenants.tenantId, invitations.tenantId))
      .where(eq(invitations.id, link.invitationId)),
  );
  if (found === undefined || !opensInvitation(found.invitation, link.token)) throw notFound("invitation");
  return found;
}
