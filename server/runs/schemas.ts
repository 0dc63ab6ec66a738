import { z } from "zod";
import { runInputSchema } from "./domain/run-input";
import { RUN_STATUSES } from "./domain/status";
import { idSchema, pageSchema } from "@/server/kernel/schemas";

export const startRunSchema = z.strictObject({
  workflowId: idSchema("workflow"),
  input: runInputSchema.default({}),
  /** The same key starts one run, however often it is sent. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 printable ASCII characters without spaces")
    .optional(),
});
export const runSchema = z.strictObject({ runId: idSchema("run") });
export const stopRunSchema = z.strictObject({
  runId: idSchema("run"),
  reason: z.string().trim().max(500, "must have at most 500 characters").default(""),
});
export const listRunsSchema = pageSchema.extend({
  workflowId: idSchema("workflow").optional(),
  status: z.enum(RUN_STATUSES).optional(),
});
