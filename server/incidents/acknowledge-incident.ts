import { and, eq } from "drizzle-orm";
import { incidents } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { isUnresolved } from "./domain/status";
import { incidentAcknowledged } from "./events";
import { loadIncidentForChange } from "./load";
import { incidentSchema } from "./schemas";

/** Takes an incident on, by name: nobody else is told. The first counts, and the second gets a Conflict. */
export const acknowledgeIncident = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.acknowledge",
  input: incidentSchema,
  load: loadIncidentForChange,
  write: async ({ ctx, tx, now }, { incidentId }, { incident }) => {
    const { tenantId } = ctx;
    if (!isUnresolved(incident.status))
      throw preconditionFailed(`This incident is ${incident.status}: there is nothing to take on.`);
    if (incident.acknowledgedAt !== null) throw conflict("Somebody has acknowledged this incident already.");
    const acknowledgedBy = actorRef(ctx.actor);
    await tx
      .update(incidents)
      .set({ acknowledgedBy, acknowledgedAt: now })
      .where(and(eq(incidents.tenantId, tenantId), eq(incidents.id, incidentId)));
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "acknowledged", text: "" });
    const { episode } = incident;
    return {
      value: { acknowledgedAt: now.toISOString() },
      events: [eventOf(incidentAcknowledged, { tenantId, incidentId, episode })],
    };
  },
});
