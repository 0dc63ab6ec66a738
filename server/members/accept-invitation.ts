import { and, eq } from "drizzle-orm";
import { brokeUnique } from "@/db/postgres-errors";
import { invitations, members } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { requireSeat } from "@/server/entitlements";
import { conflict, forbidden, notFound, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineAccountVerb, type UserContext } from "@/server/verb";
import { keepGrant } from "./auditor-grant";
import { isOver } from "./domain/auditor";
import { invitationState } from "./domain/invitation";
import { endOverAuditor } from "./end-over-auditors";
import { memberJoined } from "./events";
import { findLinkedInvitation } from "./find-invitation";
import { opensInvitation } from "./invitation-token";
import { limitAttempts } from "./limit-attempts";
import { type InvitationRow, lockTenant } from "./load";
import { recordOwnAct } from "./own-act";
import { invitationLinkSchema } from "./schemas";

/** Locked and read again, as everything about it may have changed since the link was looked up. */
async function claim(
  tx: Tx,
  ctx: UserContext,
  link: { invitationId: string; token: string },
  now: Date,
): Promise<InvitationRow> {
  const [row] = await tx.select().from(invitations).where(eq(invitations.id, link.invitationId)).for("update");
  if (row === undefined || !opensInvitation(row, link.token)) throw notFound("invitation");
  if (row.email !== ctx.user.email)
    throw forbidden("This invitation is for another address. Sign in with the address it was sent to.");
  const state = invitationState(row, now);
  if (state === "accepted") throw conflict("This invitation has been used already.");
  if (state === "revoked") throw conflict("This invitation was withdrawn. Ask for a new one.");
  if (isOver(row.auditorUntil, now)) throw preconditionFailed("The time that it gives is over. Ask for a new one.");
  if (state === "expired") throw preconditionFailed("This invitation has expired. Ask for a new one.");
  return row;
}

const auditorDetail = ({ engagement, auditorUntil }: InvitationRow) =>
  auditorUntil === null ? {} : { engagement, until: auditorUntil.toISOString() };

/**
 * Joins a tenant by an invitation's link: once, before it expires, as the invited address, with the rights stored in
 * it. Refuses an unknown link (NotFound), another address (Forbidden), a used or withdrawn one and a member (Conflict), and
 * where no seat is left (LimitReached): the invitation stays good then.
 */
export const acceptInvitation = defineAccountVerb({
  kind: "write",
  self: "the new membership is the caller's own",
  input: invitationLinkSchema,
  run: async (ctx, link) => {
    await limitAttempts(ctx);
    const { invitation, tenant } = await findLinkedInvitation(ctx, link);
    const { tenantId } = invitation;
    const memberId = ctx.newId("member");
    const now = ctx.clock.now();
    try {
      await withTenant({ database: ctx.database, tenantId }, async (tx) => {
        await lockTenant(tx, tenantId);
        const row = await claim(tx, ctx, link, now);
        const { id, roles, region, businessUnit, clearance, engagement, auditorUntil } = row;
        await endOverAuditor(tx, ctx, { tenantId, userId: ctx.user.id });
        if (auditorUntil === null) await requireSeat(tx, tenantId, now);
        await tx.insert(members).values({
          ...{ tenantId, id: memberId, userId: ctx.user.id, roles, region, businessUnit, clearance, auditorUntil },
          ...{ rolesChangedAt: now, createdAt: now },
        });
        if (auditorUntil !== null && engagement !== null) {
          const grant = { tenantId, memberId, userId: ctx.user.id, grantedBy: row.invitedBy };
          await keepGrant(tx, { ...grant, engagement, until: auditorUntil }, now);
        }
        await tx
          .update(invitations)
          .set({ status: "accepted", acceptedAt: now })
          .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)));
        await recordOwnAct(tx, ctx, tenantId, {
          ...{ receipt: "invitation.accept", subject: `member:${memberId}`, now },
          // Not the token: a digest of what was kept secret is still about the secret.
          input: { invitationId: id },
          detail: { invitationId: id, roles, region, businessUnit, clearance, ...auditorDetail(row) },
          event: eventOf(memberJoined, { tenantId, memberId, userId: ctx.user.id }),
        });
      });
    } catch (error) {
      if (brokeUnique(error, "members_tenant_user_key")) throw conflict(`You are a member of ${tenant.name} already.`);
      throw error;
    }
    return { slug: tenant.slug, memberId };
  },
});
