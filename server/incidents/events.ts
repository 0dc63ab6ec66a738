import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { INCIDENT_STATUSES } from "./domain/status";

const incident = z.strictObject({
  ...{ tenantId: idSchema("tenant"), incidentId: idSchema("incident") },
  /** How often it was opened by then. */
  episode: z.int().min(1),
});

/** An incident was opened, or opened again: whoever is on call is told. */
export const incidentOpened = defineEvent("incident.opened", incident);
/** Alerts go on coming to an open incident: at most one of these per window. */
export const incidentRepeated = defineEvent("incident.repeated", incident.extend({ alertCount: z.int().min(2) }));
/** Somebody has taken it on: nobody else is told. */
export const incidentAcknowledged = defineEvent("incident.acknowledged", incident);
/** It is in another status. */
export const incidentMoved = defineEvent("incident.moved", incident.extend({ status: z.enum(INCIDENT_STATUSES) }));
/** A message about an incident has its row: it is to be sent. */
export const incidentMessagePlanned = defineEvent(
  "incident.message_planned",
  z.strictObject({ tenantId: idSchema("tenant"), messageId: idSchema("incidentMessage") }),
);
