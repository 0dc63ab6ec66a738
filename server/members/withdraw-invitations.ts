import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema";
import type { Tx } from "@/db/tenancy";

/** Ends the open invitations of someone who may no longer invite: what they offered was theirs to offer only then. */
export async function withdrawInvitations(tx: Tx, tenantId: string, inviterId: string): Promise<void> {
  await tx
    .update(invitations)
    .set({ status: "revoked" })
    .where(
      and(eq(invitations.tenantId, tenantId), eq(invitations.invitedBy, inviterId), eq(invitations.status, "pending")),
    );
}
