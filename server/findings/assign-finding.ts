import { and, eq } from "drizzle-orm";
import { findings } from "@/db/schema";
import { conflict, invalid } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { ownerOf } from "./find-owner";
import { loadFinding } from "./load";
import { assignFindingSchema } from "./schemas";

/**
 * Says who sees to a finding, and by when. Refuses somebody who is no member (NotFound) or may not see to it,
 * a moment that has passed (Invalid), and a finding that is closed (Conflict).
 */
export const assignFinding = defineWrite({
  action: "finding.assign",
  receipt: "finding.assign",
  input: assignFindingSchema,
  load: loadFinding,
  write: async ({ ctx, tx, now }, { findingId, memberId, dueAt }, { row: { finding } }) => {
    if (dueAt !== undefined && dueAt <= now) throw invalid("Choose a moment that has not passed.", { field: "dueAt" });
    if (finding.status === "closed") throw conflict("This finding is closed.");
    const ownerId = memberId === undefined ? null : await ownerOf(tx, ctx.tenantId, memberId);
    const due = dueAt ?? finding.dueAt;
    // What was said to be done is said by whoever had it before: it stays, and the test is still somebody else's.
    const status = ownerId !== null && finding.status !== "ready" ? "in_progress" : finding.status;
    const isLater = due.getTime() !== finding.dueAt.getTime();
    const assigned = await tx
      .update(findings)
      .set({ ownerId, dueAt: due, status, ...(isLater ? { escalated: 0 } : {}) })
      .where(
        and(...[eq(findings.tenantId, ctx.tenantId), eq(findings.id, findingId)], eq(findings.status, finding.status)),
      )
      .returning({ id: findings.id });
    if (assigned.length === 0) throw conflict("Somebody changed this finding at the same time. Look again.");
    const detail = { ownerId, dueAt: due.toISOString() };
    return { value: { findingId, ...detail }, detail };
  },
});
