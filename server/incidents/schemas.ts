import { z } from "zod";
import { idSchema, momentSchema, nameSchema, pageSchema, searchedSchema } from "@/server/kernel/schemas";
import { INCIDENT_ROLES } from "./domain/roles";
import { SEVERITIES } from "./domain/severity";
import { INCIDENT_STATUSES } from "./domain/status";

/** Characters of a summary, a note or an update. */
const TEXT_MAX = 4_000;

const saidSchema = z.string().trim().max(TEXT_MAX, `must have at most ${TEXT_MAX} characters`);
const textSchema = saidSchema.min(1, "must not be empty");
const incidentId = idSchema("incident");
const severity = z.enum(SEVERITIES);
const status = z.enum(INCIDENT_STATUSES);

export const openIncidentSchema = z.strictObject({
  ...{ title: nameSchema, severity },
  summary: saidSchema.default(""),
  /** A run that it is about. */
  runId: idSchema("run").optional(),
  /** The same key opens one incident, however often it is sent. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});

export const incidentSchema = z.strictObject({ incidentId });

export const moveIncidentSchema = z.strictObject({
  incidentId,
  /** As it was read: a move from any other status does not count. */
  fromStatus: status,
  toStatus: status,
  note: saidSchema.default(""),
});

export const rateIncidentSchema = z.strictObject({
  ...{ incidentId, severity },
  reason: textSchema,
});

export const noteIncidentSchema = z.strictObject({ incidentId, text: textSchema });

export const tellStakeholdersSchema = z.strictObject({
  ...{ incidentId, text: textSchema },
  /** True: whoever may see the incident on the status page reads it. */
  isPublic: z.boolean().default(false),
});

export const publishIncidentSchema = z.strictObject({ incidentId, isPublic: z.boolean() });

export const setStatusPageSchema = z.strictObject({ isOn: z.boolean() });

export const assignRoleSchema = z.strictObject({
  incidentId,
  role: z.enum(INCIDENT_ROLES),
  /** Left out: nobody plays it any more. */
  memberId: idSchema("member").optional(),
});

export const addTaskSchema = z.strictObject({
  ...{ incidentId, title: nameSchema, ownerId: idSchema("member").optional(), dueAt: momentSchema.optional() },
});

export const finishTaskSchema = z.strictObject({ taskId: idSchema("incidentTask"), isDone: z.boolean() });

export const linkRunSchema = z.strictObject({ incidentId, runId: idSchema("run") });

/** Parts of the list: those that somebody has to see to, and each status. */
export const INCIDENT_PARTS = ["unresolved", ...INCIDENT_STATUSES, "all"] as const;

export const listIncidentsSchema = pageSchema.extend({
  part: z.enum(INCIDENT_PARTS).default("unresolved"),
  severity: severity.optional(),
  /** Part of a title or summary, or an id. */
  text: searchedSchema.optional(),
});

export const listEntriesSchema = pageSchema.extend({ incidentId, cursor: idSchema("incidentEntry").optional() });
