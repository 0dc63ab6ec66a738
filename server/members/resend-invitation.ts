import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { conflict, limitReached, must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { authoriseGrant } from "./authorise-grant";
import { isOver } from "./domain/auditor";
import { invitationEnd } from "./domain/invitation";
import { invitationDto } from "./dto";
import { memberInvited } from "./events";
import { loadInvitation } from "./load";
import { invitationSchema } from "./schemas";

const WAIT_SECONDS = 60;

/**
 * Mails an open or expired invitation anew, with a new link that ends the old one. Refuses one that was accepted or
 * revoked (Conflict), and a second mail within a minute (LimitReached).
 */
export const resendInvitation = defineWrite({
  action: "member.invite",
  receipt: "invitation.resend",
  input: invitationSchema,
  load: loadInvitation,
  write: async ({ ctx, tx, now }, _input, { row, ...found }) => {
    authoriseGrant(ctx, "member.invite", found, row.roles);
    if (row.status !== "pending") throw conflict(`This invitation was ${row.status}. Invite the address again.`);
    if (isOver(row.auditorUntil, now)) throw conflict("The time that it gives an auditor is over. Invite them anew.");
    const wait = WAIT_SECONDS - Math.floor((now.getTime() - row.createdAt.getTime()) / 1_000);
    if (wait > 0) throw limitReached(`Mailed a moment ago. Try again in ${wait} s.`, { retryAfterSeconds: wait });
    const [renewed] = await tx
      .update(invitations)
      .set({ createdAt: now, expiresAt: invitationEnd(now), invitedBy: ctx.principal.id })
      .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.id, row.id)))
      .returning();
    return {
      value: invitationDto(must(renewed, "the locked row is still there"), now),
      events: [eventOf(memberInvited, { tenantId: ctx.tenantId, invitationId: row.id })],
    };
  },
});
