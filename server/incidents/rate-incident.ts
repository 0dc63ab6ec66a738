import { and, eq } from "drizzle-orm";
import { incidents } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { loadIncidentForChange } from "./load";
import { rateIncidentSchema } from "./schemas";

/** Says how bad an incident is, and why. A severity that it has already is a Conflict. */
export const rateIncident = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.rate",
  input: rateIncidentSchema,
  load: loadIncidentForChange,
  write: async ({ ctx, tx }, { incidentId, severity, reason }, { incident }) => {
    const { severity: from } = incident;
    if (from === severity) throw conflict(`This incident is ${severity} already.`);
    await tx
      .update(incidents)
      .set({ severity })
      .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.id, incidentId)));
    const facts = { from, to: severity };
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "severity", text: reason, facts });
    return { value: { severity }, detail: facts };
  },
});
