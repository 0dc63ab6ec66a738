import { and, eq } from "drizzle-orm";
import { findings } from "@/db/schema";
import { conflict, forbidden } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { isSettled } from "./domain/finding";
import { loadFinding } from "./load";
import { markReadySchema } from "./schemas";

/** Says that a gap is closed and may be tested again, and what was done. Refuses one that is settled (Conflict), and a program (Forbidden). */
export const markReady = defineWrite({
  action: "finding.assign",
  receipt: "finding.ready",
  input: markReadySchema,
  load: loadFinding,
  write: async ({ ctx, tx }, { findingId, note }, { row: { finding } }) => {
    if (ctx.actor.kind !== "user") throw forbidden("A person says that a gap is closed; a program does not.");
    if (isSettled(finding.status)) throw conflict("Nothing is to be done about this finding.");
    const changed = await tx
      .update(findings)
      .set({ status: "ready", readyBy: ctx.actor.userId, readyNote: note, retestBy: null, retestReason: null })
      .where(
        and(...[eq(findings.tenantId, ctx.tenantId), eq(findings.id, findingId)], eq(findings.status, finding.status)),
      )
      .returning({ id: findings.id });
    if (changed.length === 0) throw conflict("Somebody changed this finding at the same time. Look again.");
    return { value: { findingId }, detail: { note } };
  },
});
