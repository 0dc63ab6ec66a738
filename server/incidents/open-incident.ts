import { and, eq } from "drizzle-orm";
import { incidents } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { loadRun } from "@/server/runs";
import { authorise, defineWrite, type Scope } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { incidentOpened } from "./events";
import { loadIncidents } from "./load";
import { openIncidentSchema } from "./schemas";

/** A run that the caller may see; throws NotFound or Forbidden. */
export async function requireRun(scope: Scope, runId: string): Promise<void> {
  const { resource, subject } = await loadRun(scope, { runId });
  authorise(scope.ctx, "run.read", resource, subject);
}

/**
 * Opens an incident by hand or over the API. The same idempotency key gives the same incident again; with another title,
 * summary or severity it is refused (Conflict). A run that it is about has to be within the caller's reach.
 */
export const openIncident = defineWrite({
  action: "incident.declare",
  receipt: "incident.open",
  input: openIncidentSchema,
  load: loadIncidents,
  write: async (scope, { title, summary, severity, runId, idempotencyKey = null }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    if (runId !== undefined) await requireRun(scope, runId);
    const id = ctx.newId("incident");
    const who = writtenBy(ctx.actor);
    const made = await tx
      .insert(incidents)
      .values({
        ...{
          tenantId,
          id,
          title,
          summary,
          severity,
          status: "open",
          source: who.source === "person" ? "person" : "api",
        },
        ...{ facts: {}, isDrill: false, alertCount: 0, toldAt: now, idempotencyKey },
        ...{ openedBy: actorRef(ctx.actor), openedAt: now },
      })
      .onConflictDoNothing({ target: [incidents.tenantId, incidents.idempotencyKey] })
      .returning({ id: incidents.id });
    if (made.length === 0) {
      const [before] = await tx
        .select()
        .from(incidents)
        .where(and(eq(incidents.tenantId, tenantId), eq(incidents.idempotencyKey, idempotencyKey ?? "")));
      if (before?.title !== title || before.summary !== summary || before.severity !== severity)
        throw conflict("This idempotency key was used with another incident.", { field: "idempotencyKey" });
      const value = { incidentId: before.id, isNew: false };
      return { value, subject: `incident:${before.id}`, detail: { repeated: true } };
    }
    await addEntry(tx, ctx, { ...who, incidentId: id, kind: "opened", text: summary });
    if (runId !== undefined)
      await addEntry(tx, ctx, { ...who, incidentId: id, kind: "link", text: "", facts: { runId } });
    return {
      value: { incidentId: id, isNew: true },
      subject: `incident:${id}`,
      detail: { title, severity, runId },
      events: [eventOf(incidentOpened, { tenantId, incidentId: id, episode: 1 })],
    };
  },
});
