import { z } from "zod";
import { RUN_FINISHED } from "./kinds";

/** A name of an event that a tenant's programs send: words with dots between them. */
const EVENT_NAME = /^[a-z][a-z0-9_]{0,39}(\.[a-z0-9_]{1,40}){1,4}$/;
const eventNameSchema = z
  .string()
  .max(100, "must have at most 100 characters")
  .regex(EVENT_NAME, "must be words of lower-case letters, digits and _ with dots between them, such as order.placed");

/** The product's own events begin with these words, so that nobody can send what only the product knows. */
const OWN_WORDS = /^(run|workflow|trigger|tenant|member|secret|api_key|event|adapter)\./;

/** The name of an event that a program may send, and a step may wait for. */
export const sentEventNameSchema = eventNameSchema.refine((name) => !OWN_WORDS.test(name), {
  error: "must not begin with a word that the product's own events begin with",
});

/** The name of an event that may start runs. */
export const startingEventNameSchema = eventNameSchema.refine(
  (name) => name === RUN_FINISHED || !OWN_WORDS.test(name),
  { error: `must be ${RUN_FINISHED}, or a name that does not begin with a word of the product's own` },
);
