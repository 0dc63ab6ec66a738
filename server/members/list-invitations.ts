import { and, desc, eq, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { invitations } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { defineRead } from "@/server/verb";
import { type InvitationDto, invitationDto } from "./dto";
import { loadMembers } from "./load";
import { listInvitationsSchema } from "./schemas";

/** The tenant's invitations, newest first; for those who may invite, as it names people who are not members. */
export const listInvitations = defineRead({
  action: "member.invite",
  input: listInvitationsSchema,
  load: loadMembers,
  read: async ({ ctx, tx, now }, { limit, cursor, status }): Promise<Page<InvitationDto>> => {
    const rows = await tx
      .select()
      .from(invitations)
      .where(
        and(
          eq(invitations.tenantId, ctx.tenantId),
          cursor === undefined ? undefined : lt(invitations.id, cursor),
          status === undefined ? undefined : eq(invitations.status, status),
        ),
      )
      .orderBy(desc(invitations.id))
      .limit(limit + 1);
    return toPageById(
      rows.map((row) => invitationDto(row, now)),
      limit,
    );
  },
});
