import { and, eq } from "drizzle-orm";
import { findings } from "@/db/schema";
import { conflict, invalid, preconditionFailed } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { ACCEPTED_DAYS_MAX, REFUSED_WORDS } from "./domain/finding";
import { loadFinding } from "./load";
import { acceptFindingSchema } from "./schemas";

const DAY_MS = 86_400_000;

/**
 * Lets a gap be until a day, with a reason; from then on it is open again. Refuses its owner and a program (PreconditionFailed), a
 * moment that has passed or is more than a year away (Invalid), and a finding that is closed (Conflict).
 */
export const acceptFinding = defineWrite({
  action: "finding.close",
  receipt: "finding.accept",
  input: acceptFindingSchema,
  load: loadFinding,
  write: async ({ ctx, tx, now }, { findingId, reason, until }, { row: { finding } }) => {
    if (ctx.actor.kind !== "user") throw preconditionFailed(REFUSED_WORDS.nobody, { reason: "nobody" });
    const { userId } = ctx.actor;
    if (userId === finding.ownerId)
      throw preconditionFailed("This finding is yours: somebody else has to accept it.", { reason: "owner" });
    if (until <= now || until.getTime() > now.getTime() + ACCEPTED_DAYS_MAX * DAY_MS)
      throw invalid("Choose a day that is to come, within a year.", { field: "until" });
    if (finding.status === "closed") throw conflict("This finding is closed.");
    const accepted = await tx
      .update(findings)
      .set({ status: "accepted", acceptedBy: userId, acceptedReason: reason, acceptedUntil: until, retestBy: null })
      .where(
        and(...[eq(findings.tenantId, ctx.tenantId), eq(findings.id, findingId)], eq(findings.status, finding.status)),
      )
      .returning({ id: findings.id });
    if (accepted.length === 0) throw conflict("Somebody changed this finding at the same time. Look again.");
    return { value: { findingId }, detail: { reason, until: until.toISOString() } };
  },
});
