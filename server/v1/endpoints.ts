import { z } from "zod";
import { getIncident, listIncidents, openIncident } from "@/server/incidents";
import { SEVERITIES } from "@/server/incidents/domain/severity";
import { INCIDENT_STATUSES } from "@/server/incidents/domain/status";
import { INCIDENT_SOURCES } from "@/server/incidents/domain/timeline";
import type { Json } from "@/server/kernel/json";
import { idSchema, slugSchema } from "@/server/kernel/schemas";
import { listReceipts } from "@/server/receipts";
import { getRun, listRuns, startRun } from "@/server/runs";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { RUN_STATUSES, STEP_STATUSES } from "@/server/runs/domain/status";
import { sendEvent } from "@/server/triggers";
import { getWorkflow } from "@/server/workflows";
import { BUNDLE_ENDPOINTS } from "./bundles";
import { defineEndpoint, type Endpoint } from "./endpoint";
import { maybeMoment, moment, none, page, wholeNumber } from "./words";

/** Whatever a workflow took, gave, or a receipt says. */
const anyJson = z.custom<Json>();
const failure = z.object({ code: z.string(), message: z.string() });

const startRunEndpoint = defineEndpoint({
  ...{ name: "startRun", method: "POST", path: "/workflows/{slug}/runs", takesIdempotencyKey: true },
  summary: "Starts a run of the workflow's published version.",
  statuses: { 201: "The run was started.", 200: "This Idempotency-Key has started it before." },
  pathSchema: z.strictObject({ slug: slugSchema }),
  querySchema: none,
  bodySchema: z.strictObject({
    input: z.record(z.string(), anyJson).default({}).describe("What the workflow declares as its input, by name."),
    executionClass: z
      .enum(EXECUTION_CLASSES)
      .optional()
      .describe("The workflow's own class, or a less urgent one; without it, its own."),
  }),
  answerSchema: z.object({
    id: z.string(),
    isNew: z.boolean().describe("False when this Idempotency-Key had started the run before."),
  }),
  answer: async (ctx, { path, body, idempotencyKey }) => {
    const workflow = await getWorkflow(ctx, { slug: path.slug });
    const { input, executionClass } = body;
    const { runId, isNew } = await startRun(ctx, { workflowId: workflow.id, input, idempotencyKey, executionClass });
    return { status: isNew ? 201 : 200, body: { id: runId, isNew } };
  },
});

const runOverview = z.object({
  id: z.string(),
  status: z.enum(RUN_STATUSES),
  workflow: z.object({ slug: z.string(), version: z.int() }),
  createdAt: moment,
  startedAt: maybeMoment,
  endedAt: maybeMoment,
});

const getRunEndpoint = defineEndpoint({
  ...{ name: "getRun", method: "GET", path: "/runs/{id}" },
  summary: "One run with its steps, in the order in which they began.",
  pathSchema: z.strictObject({ id: idSchema("run") }),
  querySchema: none,
  bodySchema: none,
  answerSchema: runOverview.extend({
    contentHash: z.string().describe("Digest of the definition that it follows."),
    input: anyJson,
    output: anyJson,
    failure: failure.nullable(),
    steps: z.array(
      z.object({
        ...{ stepId: z.string(), type: z.string(), name: z.string(), status: z.enum(STEP_STATUSES), attempt: z.int() },
        ...{ input: anyJson, output: anyJson, failure: failure.nullable(), startedAt: moment, endedAt: maybeMoment },
      }),
    ),
  }),
  answer: async (ctx, { path }) => {
    const { id, status, workflow, createdAt, startedAt, endedAt, ...run } = await getRun(ctx, { runId: path.id });
    const { slug, version } = workflow;
    const steps = run.steps.map(({ stepId, type, name, status: stepStatus, attempt, ...step }) => ({
      ...{ stepId, type, name, status: stepStatus, attempt, input: step.input, output: step.output },
      ...{ failure: step.failure, startedAt: step.startedAt, endedAt: step.endedAt },
    }));
    const overview = { id, status, workflow: { slug, version }, createdAt, startedAt, endedAt };
    const { contentHash, input, output, failure: failed } = run;
    return { status: 200, body: { ...overview, contentHash, input, output, failure: failed, steps } };
  },
});

const listRunsEndpoint = defineEndpoint({
  ...{ name: "listRuns", method: "GET", path: "/runs" },
  summary: "The tenant's runs, newest first.",
  pathSchema: none,
  querySchema: z.strictObject({
    ...page,
    cursor: z.string().max(200).optional().describe("`nextCursor` of the page before."),
    status: z.enum(RUN_STATUSES).optional(),
  }),
  bodySchema: none,
  answerSchema: z.object({ rows: z.array(runOverview), nextCursor: z.string().nullable() }),
  answer: async (ctx, { query }) => {
    const { rows, nextCursor } = await listRuns(ctx, query);
    const overviews = rows.map(({ id, status, workflowSlug, version, createdAt, startedAt, endedAt }) => ({
      ...{ id, status, workflow: { slug: workflowSlug, version }, createdAt, startedAt, endedAt },
    }));
    return { status: 200, body: { rows: overviews, nextCursor } };
  },
});

const listReceiptsEndpoint = defineEndpoint({
  ...{ name: "listReceipts", method: "GET", path: "/receipts" },
  summary: "The tenant's receipts, newest first: links of one chain.",
  pathSchema: none,
  querySchema: z.strictObject({
    ...page,
    cursor: wholeNumber.optional().describe("`nextCursor` of the page before."),
  }),
  bodySchema: none,
  answerSchema: z.object({
    rows: z.array(
      z.object({
        ...{ id: z.string(), seq: z.int(), at: moment, actor: z.string(), action: z.string(), subject: z.string() },
        ...{ body: anyJson, hash: z.string().describe("Of this link and the one before it.") },
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  answer: async (ctx, { query: { limit, cursor } }) => {
    const before = cursor === undefined ? undefined : Number(cursor);
    const { rows, nextBefore } = await listReceipts(ctx, { limit, before });
    const links = rows.map(({ id, seq, at, actor, action, subject, body, hash }) => ({
      ...{ id, seq, at, actor, action, subject, body, hash },
    }));
    return { status: 200, body: { rows: links, nextCursor: nextBefore === null ? null : String(nextBefore) } };
  },
});

const sendEventEndpoint = defineEndpoint({
  ...{ name: "sendEvent", method: "POST", path: "/events", takesIdempotencyKey: true },
  summary: "Sends an event of the tenant's own: workflows with a trigger on its name start.",
  statuses: { 202: "The event was taken.", 200: "This Idempotency-Key has sent it before." },
  pathSchema: none,
  querySchema: none,
  bodySchema: z.strictObject({
    name: z.string().describe("Words with dots between them, such as order.placed."),
    data: z.record(z.string(), anyJson).default({}).describe("What triggers read as `event.data`."),
  }),
  answerSchema: z.object({
    id: z.string(),
    isNew: z.boolean().describe("False when this Idempotency-Key had sent the event before."),
  }),
  answer: async (ctx, { body: { name, data }, idempotencyKey }) => {
    const { eventId, isNew } = await sendEvent(ctx, { name, data, idempotencyKey });
    return { status: isNew ? 202 : 200, body: { id: eventId, isNew } };
  },
});

const incidentOverview = z.object({
  ...{ id: z.string(), title: z.string(), severity: z.enum(SEVERITIES), status: z.enum(INCIDENT_STATUSES) },
  ...{ source: z.enum(INCIDENT_SOURCES), isDrill: z.boolean(), isPublic: z.boolean() },
  alertCount: z.int().describe("Alerts that came to it; none for one that was opened by hand."),
  ...{ openedAt: moment, acknowledgedAt: maybeMoment, acknowledgedByName: z.string().nullable() },
  ...{ mitigatedAt: maybeMoment, resolvedAt: maybeMoment, closedAt: maybeMoment },
});

const wholeIncident = incidentOverview.extend({ summary: z.string(), sloId: z.string().nullable() });

const openIncidentEndpoint = defineEndpoint({
  ...{ name: "openIncident", method: "POST", path: "/incidents", takesIdempotencyKey: true },
  summary: "Opens an incident: whoever is on call is told.",
  statuses: { 201: "The incident was opened.", 200: "This Idempotency-Key has opened it before." },
  pathSchema: none,
  querySchema: none,
  bodySchema: z.strictObject({
    title: z.string().describe("One line."),
    severity: z.enum(SEVERITIES).describe("sev1 is the worst."),
    summary: z.string().default(""),
    runId: idSchema("run").optional().describe("A run that it is about."),
  }),
  answerSchema: z.object({
    id: z.string(),
    isNew: z.boolean().describe("False when this Idempotency-Key had opened the incident before."),
  }),
  answer: async (ctx, { body, idempotencyKey }) => {
    const { incidentId, isNew } = await openIncident(ctx, { ...body, idempotencyKey });
    return { status: isNew ? 201 : 200, body: { id: incidentId, isNew } };
  },
});

const listIncidentsEndpoint = defineEndpoint({
  ...{ name: "listIncidents", method: "GET", path: "/incidents" },
  summary: "The tenant's incidents, newest first.",
  pathSchema: none,
  querySchema: z.strictObject({
    ...page,
    cursor: z.string().max(200).optional().describe("`nextCursor` of the page before."),
    status: z.enum(INCIDENT_STATUSES).optional(),
    severity: z.enum(SEVERITIES).optional(),
  }),
  bodySchema: none,
  answerSchema: z.object({ rows: z.array(incidentOverview), nextCursor: z.string().nullable() }),
  answer: async (ctx, { query: { status, ...query } }) => {
    const list = await listIncidents(ctx, { part: status ?? "all", ...query });
    return { status: 200, body: list };
  },
});

const getIncidentEndpoint = defineEndpoint({
  ...{ name: "getIncident", method: "GET", path: "/incidents/{id}" },
  summary: "One incident.",
  pathSchema: z.strictObject({ id: idSchema("incident") }),
  querySchema: none,
  bodySchema: none,
  answerSchema: wholeIncident,
  answer: async (ctx, { path }) => {
    const incident = await getIncident(ctx, { incidentId: path.id });
    // The rest of it is for the page.
    return { status: 200, body: wholeIncident.parse(incident) };
  },
});

/** Every operation of the public HTTP API. */
export const ENDPOINTS: readonly Endpoint[] = [
  startRunEndpoint,
  listRunsEndpoint,
  getRunEndpoint,
  listReceiptsEndpoint,
  sendEventEndpoint,
  openIncidentEndpoint,
  listIncidentsEndpoint,
  getIncidentEndpoint,
  ...BUNDLE_ENDPOINTS,
];
