import { z } from "zod";
import { momentSchema, searchedSchema } from "@/server/kernel/schemas";
import { ALL_RECEIPT_ACTIONS } from "./domain/actions";

const reference = z.string().regex(/^[a-z_]+:[a-z0-9_]{1,60}$/, "must be <kind>:<id>");

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
  person: searchedSchema.optional(),
  subject: reference.optional(),
  /** Part of the name of what it was done to, or its id. */
  thing: searchedSchema.optional(),
  /** From this moment on. */
  from: momentSchema.optional(),
  /** Up to this moment, which is left out. */
  to: momentSchema.optional(),
});

/** A receipt by its place in the tenant's chain, counted from 1. */
export const getReceiptSchema = z.strictObject({ seq: z.int().min(1) });
