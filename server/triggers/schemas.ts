import { z } from "zod";
import { idSchema, nameSchema } from "@/server/kernel/schemas";
import { jsonValueSchema, runInputSchema } from "@/server/runs/domain/run-input";
import { sentEventNameSchema, startingEventNameSchema } from "./domain/event-name";
import { CATCH_UPS, FINISHED_STATUSES } from "./domain/kinds";
import { GRACE_HOURS, GRACE_HOURS_MAX } from "./domain/signature";

const expression = (max: number) => z.string().trim().min(1, "must not be empty").max(max).nullable().default(null);

const common = { name: nameSchema, isEnabled: z.boolean().default(true) };
const webhook = { ...common, expression: expression(10_000) };
const schedule = {
  ...common,
  cron: z.string().trim().max(100, "must have at most 100 characters"),
  zone: z.string().trim().min(1, "must not be empty").max(64, "must have at most 64 characters"),
  catchUp: z.enum(CATCH_UPS).default("skip"),
  input: runInputSchema.default({}),
};
const event = {
  ...common,
  event: startingEventNameSchema,
  sourceWorkflowId: idSchema("workflow").optional(),
  statuses: z.array(z.enum(FINISHED_STATUSES)).max(FINISHED_STATUSES.length).default([]),
  condition: expression(2_000),
  expression: expression(10_000),
};

const workflowId = idSchema("workflow");
const triggerId = idSchema("trigger");

export const createWebhookSchema = z.strictObject({ workflowId, ...webhook });
export const createScheduleSchema = z.strictObject({ workflowId, ...schedule });
export const createEventTriggerSchema = z.strictObject({ workflowId, ...event });
export const updateWebhookSchema = z.strictObject({ triggerId, ...webhook });
export const updateScheduleSchema = z.strictObject({ triggerId, ...schedule });
export const updateEventTriggerSchema = z.strictObject({ triggerId, ...event });
export const triggerSchema = z.strictObject({ triggerId });
export const listTriggersSchema = z.strictObject({ workflowId });

/** For `graceHours` the secret before also signs; 0 ends it at once. */
export const rotateTriggerSecretSchema = z.strictObject({
  triggerId,
  graceHours: z.int().min(0).max(GRACE_HOURS_MAX).default(GRACE_HOURS),
});

export const sendEventSchema = z.strictObject({
  name: sentEventNameSchema,
  data: z.record(z.string().max(200), jsonValueSchema).default({}),
  /** The same key sends one event, however often it is sent. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 printable ASCII characters without spaces")
    .optional(),
});
