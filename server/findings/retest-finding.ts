import { and, eq, isNull } from "drizzle-orm";
import { findings } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { REFUSED_WORDS, whyNoRetest } from "./domain/finding";
import { retestAsked } from "./events";
import { loadFinding } from "./load";
import { findingSchema } from "./schemas";

/**
 * Has a gap tested again by the check that found it; where it is gone, the finding closes. Refuses whoever owns it or says that it
 * is done, and a program (PreconditionFailed), and a second test while one is under way (Conflict).
 */
export const retestFinding = defineWrite({
  action: "finding.close",
  receipt: "finding.retest",
  input: findingSchema,
  load: loadFinding,
  write: async ({ ctx, tx }, { findingId }, { row: { finding } }) => {
    const { tenantId, actor } = ctx;
    const refused = whyNoRetest(finding, actor.kind === "user" ? actor.userId : null);
    if (refused !== null) throw preconditionFailed(REFUSED_WORDS[refused], { reason: refused });
    const own = and(eq(findings.tenantId, tenantId), eq(findings.id, findingId), eq(findings.status, "ready"));
    const asked = await tx
      .update(findings)
      .set({ retestBy: actorRef(actor) })
      .where(and(own, isNull(findings.retestBy)))
      .returning({ id: findings.id });
    if (asked.length === 0) throw conflict("This finding is being tested.");
    return { value: { findingId }, events: [eventOf(retestAsked, { tenantId, findingId })] };
  },
});
