import { and, eq } from "drizzle-orm";
import { incidents } from "@/db/schema";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { loadIncidentForChange } from "./load";
import { publishIncidentSchema } from "./schemas";

/** Shows an incident on the tenant's status page, or takes it away. A drill is shown to nobody (PreconditionFailed). */
export const publishIncident = defineWrite({
  action: "incident.resolve",
  receipt: "incident.publish",
  input: publishIncidentSchema,
  load: loadIncidentForChange,
  write: async ({ ctx, tx }, { incidentId, isPublic }, { incident }) => {
    if (incident.isDrill && isPublic) throw preconditionFailed("This incident is a drill: no customer sees it.");
    if (incident.isPublic === isPublic)
      throw conflict(isPublic ? "This incident is public already." : "This incident is not public.");
    await tx
      .update(incidents)
      .set({ isPublic })
      .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.id, incidentId)));
    const facts = { isPublic };
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "publication", text: "", facts });
    return { value: { isPublic }, detail: facts };
  },
});
