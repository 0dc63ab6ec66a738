import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { invitationRevoked } from "./events";
import { loadInvitation } from "./load";
import { invitationSchema } from "./schemas";

/** Ends an open invitation: its link opens nothing any more. Refuses one that was accepted or revoked (Conflict). */
export const revokeInvitation = defineWrite({
  action: "member.invite",
  receipt: "invitation.revoke",
  input: invitationSchema,
  load: loadInvitation,
  write: async ({ ctx, tx }, _input, { row }) => {
    if (row.status !== "pending") throw conflict(`This invitation was ${row.status} already.`);
    await tx
      .update(invitations)
      .set({ status: "revoked" })
      .where(and(eq(invitations.tenantId, ctx.tenantId), eq(invitations.id, row.id)));
    return {
      value: { invitationId: row.id },
      events: [eventOf(invitationRevoked, { tenantId: ctx.tenantId, invitationId: row.id })],
    };
  },
});
