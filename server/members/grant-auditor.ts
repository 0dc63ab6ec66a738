import { and, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { keepGrant, requireEnd } from "./auditor-grant";
import { isReaderOnly } from "./domain/auditor";
import { memberUpdated } from "./events";
import { loadMember } from "./load";
import { grantAuditorSchema } from "./schemas";

/**
 * Makes a member who only reads an auditor, with an end at most 90 days away (Invalid). Refuses one who holds more than
 * `read_only`, or is an auditor already (Conflict).
 */
export const grantAuditor = defineWrite({
  action: "member.update",
  receipt: "auditor.grant",
  input: grantAuditorSchema,
  load: loadMember,
  write: async ({ ctx, tx, now }, { memberId, engagement, until }, { row }) => {
    requireEnd(until, now);
    if (row.auditorUntil !== null) throw conflict("This member is an auditor already. Extend their time instead.");
    if (!isReaderOnly(row.roles)) throw conflict("An auditor only reads. Take this member's other roles first.");
    const { tenantId } = ctx;
    const { userId } = row;
    await tx
      .update(members)
      .set({ auditorUntil: until })
      .where(and(eq(members.tenantId, tenantId), eq(members.id, memberId)));
    await keepGrant(tx, { tenantId, memberId, userId, grantedBy: ctx.principal.id, engagement, until }, now);
    return {
      value: { memberId, engagement, until: until.toISOString() },
      detail: { userId, engagement, until: until.toISOString() },
      events: [eventOf(memberUpdated, { tenantId, memberId, userId })],
    };
  },
});
