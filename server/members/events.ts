import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";

const tenantId = idSchema("tenant");
const someone = z.strictObject({ tenantId, memberId: idSchema("member"), userId: idSchema("user") });
const invitation = z.strictObject({ tenantId, invitationId: idSchema("invitation") });

/** Someone was invited, or an invitation was renewed: a mail is due. Names no address and no token. */
export const memberInvited = defineEvent("member.invited", invitation);
export const invitationRevoked = defineEvent("invitation.revoked", invitation);
export const memberJoined = defineEvent("member.joined", someone);
export const memberUpdated = defineEvent("member.updated", someone);
export const memberRemoved = defineEvent("member.removed", someone);
export const memberLeft = defineEvent("member.left", someone);
