import { and, eq } from "drizzle-orm";
import { auditorGrants, members } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { requireAuditor, requireEnd } from "./auditor-grant";
import { memberUpdated } from "./events";
import { loadMember } from "./load";
import { extendAuditorSchema } from "./schemas";

/**
 * Gives an auditor another end, at most 90 days away (Invalid): later, or sooner. Whoever's time is over is no member any more,
 * so theirs is not found: they are invited anew.
 */
export const extendAuditor = defineWrite({
  action: "member.update",
  receipt: "auditor.extend",
  input: extendAuditorSchema,
  load: loadMember,
  write: async ({ ctx, tx, now }, { memberId, until }, { row }) => {
    const before = requireAuditor(row);
    requireEnd(until, now);
    const { tenantId } = ctx;
    await tx
      .update(members)
      .set({ auditorUntil: until })
      .where(and(eq(members.tenantId, tenantId), eq(members.id, memberId)));
    await tx
      .update(auditorGrants)
      .set({ endsAt: until })
      .where(and(eq(auditorGrants.tenantId, tenantId), eq(auditorGrants.memberId, memberId)));
    return {
      value: { memberId, until: until.toISOString() },
      detail: { userId: row.userId, before: before.toISOString(), after: until.toISOString() },
      events: [eventOf(memberUpdated, { tenantId, memberId, userId: row.userId })],
    };
  },
});
