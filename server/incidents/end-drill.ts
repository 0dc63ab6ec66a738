import { and, asc, eq } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { incidentEntries, incidentMessages, incidents } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { addEntry } from "./add-entry";
import { incidentMoved } from "./events";
import type { RaiseContext } from "./raise-incident";

/** Closes the incident of a drill, in the caller's transaction: nobody is asked to. Throws for an incident that is no drill. */
export async function closeDrill(tx: Tx, ctx: RaiseContext & { actor: string }, incidentId: string): Promise<void> {
  const { tenantId, clock, newId, requestId, actor } = ctx;
  const now = clock.now();
  const [closed] = await tx
    .update(incidents)
    .set({ status: "closed", mitigatedAt: now, resolvedAt: now, closedAt: now })
    .where(and(eq(incidents.tenantId, tenantId), eq(incidents.id, incidentId), eq(incidents.isDrill, true)))
    .returning({ episode: incidents.episode });
  const { episode } = must(closed, "a drill has an incident");
  const facts = { from: "open", to: "closed" };
  await addEntry(tx, ctx, { incidentId, kind: "status", source: "drill", actor, text: "The drill is over.", facts });
  recordEvents(tx, tenantId, newId, [eventOf(incidentMoved, { tenantId, incidentId, episode, status: "closed" })]);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, action: "incident.move" },
    ...{ subject: `incident:${incidentId}`, body: { requestId, detail: facts } },
  });
}

/** The messages about an incident, as they stand. */
export const messagesOf = (tx: Tx, tenantId: string, incidentId: string) =>
  tx
    .select()
    .from(incidentMessages)
    .where(and(eq(incidentMessages.tenantId, tenantId), eq(incidentMessages.incidentId, incidentId)))
    .orderBy(asc(incidentMessages.id));

/** The whole timeline of an incident, oldest first. */
export const timelineOf = (tx: Tx, tenantId: string, incidentId: string) =>
  tx
    .select()
    .from(incidentEntries)
    .where(and(eq(incidentEntries.tenantId, tenantId), eq(incidentEntries.incidentId, incidentId)))
    .orderBy(asc(incidentEntries.id));
