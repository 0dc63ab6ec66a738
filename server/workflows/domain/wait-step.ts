import { z } from "zod";
import { sentEventNameSchema } from "@/server/triggers/domain/event-name";
import { next, stepBase, template } from "./step-parts";

/** The longest a step may wait, in seconds: 30 days. */
export const MAX_WAIT_SECONDS = 30 * 24 * 3_600;
/** How long a step waits for an event where it does not say, in seconds: a day. */
export const EVENT_TIMEOUT_SECONDS = 24 * 3_600;
/** The most fields of an event that a step compares. */
const MAX_MATCHES = 5;

export const waitStepSchema = z
  .strictObject({
    ...stepBase,
    type: z.literal("wait"),
    seconds: z
      .int()
      .min(1)
      .max(MAX_WAIT_SECONDS, `must be at most 30 days (${MAX_WAIT_SECONDS} seconds)`)
      .optional()
      .describe("How long; one of this, `until` and `event`."),
    /** A moment (ISO 8601 with its zone), filled in when the step begins; one that has passed is not waited for. */
    until: template(200)
      .optional()
      .describe("A moment (ISO 8601 with its zone); one that has passed is not waited for."),
    /** An event of the tenant's own, whose data becomes the output. One that came before the wait began does not count. */
    event: sentEventNameSchema
      .optional()
      .describe("An event that a program sends, whose data becomes the output; only after the wait has begun."),
    /** Fields of the event's data and what they must be, filled in when the step begins: how a run finds its own event. */
    match: z
      .record(z.string().min(1, "must not be empty").max(200), z.json())
      .refine((fields) => Object.keys(fields).length <= MAX_MATCHES, {
        error: `may name ${MAX_MATCHES} fields at most`,
      })
      .optional()
      .describe("With `event`: fields of its data and what they must equal, filled in when the step begins."),
    when: z
      .string()
      .min(1, "must not be empty")
      .max(2_000)
      .optional()
      .describe("With `event`: CEL over `event`, which must hold too, such as `event.data.total > 100`."),
    /** Not by default, as that would be written into waits that are for no event, and change what they hash to. */
    timeout_seconds: z
      .int()
      .min(1)
      .max(MAX_WAIT_SECONDS, `must be at most 30 days (${MAX_WAIT_SECONDS} seconds)`)
      .optional()
      .describe(`With \`event\`: how long it is waited for; absent: a day (${EVENT_TIMEOUT_SECONDS}).`),
    on_timeout: z
      .enum(["fail", "continue"])
      .optional()
      .describe("With `event`: whether the step then fails or goes on with null; absent: it fails."),
    ...next,
  })
  .refine((step) => [step.seconds, step.until, step.event].filter((said) => said !== undefined).length === 1, {
    error: "must say one of seconds, until and event",
    path: ["seconds"],
  })
  .superRefine((step, issues) => {
    if (step.event !== undefined) return;
    for (const field of ["match", "when", "timeout_seconds", "on_timeout"] as const)
      if (step[field] !== undefined)
        issues.addIssue({ code: "custom", path: [field], message: "can be said of a wait for an event only" });
  });
