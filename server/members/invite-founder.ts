import { appendLink } from "@/db/chain";
import { invitations } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Role } from "@/policies/access/vocabulary";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { invitationEnd } from "./domain/invitation";
import { memberInvited } from "./events";

/** What the first member of a tenant may do: manage it, and write its first workflow. Review needs a second person. */
const FOUNDER_ROLES: Role[] = ["tenant_admin", "workflow_author"];

/**
 * Invites the first administrator of a tenant that is made in the same transaction, with a receipt. No verb: nobody is in the
 * tenant yet who could be asked. `invitedBy` is a user's id, or `system`.
 */
export async function inviteFounder(
  tx: Tx,
  ctx: { clock: Clock; newId: NewId; requestId: string },
  { tenantId, email, invitedBy }: { tenantId: string; email: string; invitedBy: string },
) {
  const now = ctx.clock.now();
  const invitationId = ctx.newId("invitation");
  const rights = { roles: FOUNDER_ROLES, region: "eu", businessUnit: "general", clearance: "confidential" as const };
  await tx.insert(invitations).values({
    ...{ tenantId, id: invitationId, email, ...rights, invitedBy, createdAt: now, expiresAt: invitationEnd(now) },
  });
  appendLink(tx, "receipts", {
    ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "system", action: "member.invite" },
    ...{ subject: `invitation:${invitationId}`, body: { requestId: ctx.requestId, detail: { email, ...rights } } },
  });
  return { invitationId, event: eventOf(memberInvited, { tenantId, invitationId }) };
}
