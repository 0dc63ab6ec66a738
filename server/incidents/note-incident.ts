import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { loadIncidentForChange } from "./load";
import { requireRun } from "./open-incident";
import { linkRunSchema, noteIncidentSchema, tellStakeholdersSchema } from "./schemas";

/** Writes a note on an incident's timeline. */
export const noteIncident = defineWrite({
  action: "incident.declare",
  receipt: "incident.note",
  input: noteIncidentSchema,
  load: loadIncidentForChange,
  write: async ({ ctx, tx }, { incidentId, text }) => {
    const entryId = await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "note", text });
    return { value: { entryId }, detail: { entryId } };
  },
});

/** Writes an update for those who are affected; a public one stands on the status page while the incident does. */
export const tellStakeholders = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.tell",
  input: tellStakeholdersSchema,
  load: loadIncidentForChange,
  write: async ({ ctx, tx }, { incidentId, text, isPublic }) => {
    const entryId = await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "update", text, isPublic });
    return { value: { entryId }, detail: { entryId, isPublic } };
  },
});

/** Says that an incident is about a run, which has to be within the caller's reach (NotFound, Forbidden). */
export const linkRun = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.link",
  input: linkRunSchema,
  load: loadIncidentForChange,
  write: async (scope, { incidentId, runId }) => {
    const { ctx, tx } = scope;
    await requireRun(scope, runId);
    const facts = { runId };
    const entryId = await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "link", text: "", facts });
    return { value: { entryId }, detail: facts };
  },
});
