import { z } from "zod";
import { flowSchema } from "./flow-config";

const MOST_RETRIES = 20;

const limitSchema = z.strictObject({
  limit: z.int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** What the SDK registers about a function (SDK 4.24.0). Unknown keys are refused: they ask for something. */
export const registeredSchema = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string(), expression: z.string().optional() }),
      z.strictObject({ cron: z.string() }),
    ]),
  ),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.int().min(0).max(MOST_RETRIES) }).optional() }) }),
  concurrency: z.union([z.int().min(0), limitSchema, z.array(limitSchema).min(1).max(2)]).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  ...flowSchema,
});

export type Registered = z.output<typeof registeredSchema>;
