import { actorRef } from "@/server/kernel/actor";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, noInput } from "@/server/verb";
import { auditDue } from "./events";
import { loadAudits } from "./load";
import { beginAudit } from "./run-audit";

/** Has the product audited now, besides each week; gives the audit that is under way, where there is one. Needs the internal audit (NotEntitled). */
export const askAudit = defineWrite({
  action: "audit.run",
  receipt: "audit.ask",
  feature: "internal-audit",
  input: noInput,
  load: loadAudits,
  write: async ({ ctx, tx, now }) => {
    const { tenantId, newId, actor } = ctx;
    const { auditId, isNew } = await beginAudit(tx, { tenantId, newId, now, startedBy: actorRef(actor) });
    const events = isNew ? [eventOf(auditDue, { tenantId, auditId })] : [];
    return { value: { auditId }, subject: `audit:${auditId}`, events };
  },
});
