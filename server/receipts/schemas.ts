import { z } from "zod";
import { ALL_RECEIPT_ACTIONS } from "./domain/actions";

const reference = z.string().regex(/^[a-z_]+:[a-z0-9_]{1,60}$/, "must be <kind>:<id>");
const searched = z.string().trim().min(1).max(120);
const moment = z.iso
  .datetime()
  .transform((text) => new Date(text))
  // Postgres reads no year 0.
  .refine((at) => at.getUTCFullYear() >= 1970, "must not be before 1970");

export const listReceiptsSchema = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  /** Place in the chain of the last receipt of the page before. */
  before: z.int().min(1).optional(),
  action: z.enum(ALL_RECEIPT_ACTIONS).optional(),
  /** Exactly this one who acted, such as `user:usr_…`, `job:execute-run` or `system`. */
  actor: z
    .string()
    .regex(/^[a-z_]+(:[a-zA-Z0-9_-]{1,60})?$/, "must be <kind>:<id>")
    .optional(),
  /** Part of the name or address of who acted: a person (also one who left) or an API key. */
  person: searched.optional(),
  subject: reference.optional(),
  /** Part of the name of what it was done to, or its id. */
  thing: searched.optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Up to this moment, which is left out. */
  to: moment.optional(),
});

/** A receipt by its place in the tenant's chain, counted from 1. */
export const getReceiptSchema = z.strictObject({ seq: z.int().min(1) });
