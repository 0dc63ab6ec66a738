import { z } from "zod";
import { ALL_ACTIONS, type Action } from "@/policies/access/vocabulary";
import { momentSchema } from "@/server/kernel/schemas";
import { WINDOW_NAMES } from "./domain/buckets";

/** Codes of decisions, as policy gives them. */
export const DECISION_CODES = ["ALLOW", "BREAK_GLASS", "DENY_RULE", "NO_GRANT", "MALFORMED", "ENGINES_DIFFER"] as const;

export const listDecisionsSchema = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  /** Place in the chain of the last decision of the page before. */
  before: z.int().min(1).optional(),
  outcome: z.enum(["allow", "deny"]).optional(),
  action: z.enum(ALL_ACTIONS as readonly [Action, ...Action[]]).optional(),
  code: z.enum(DECISION_CODES).optional(),
  /** Exactly this one who asked, such as `user:usr_…`. */
  actor: z
    .string()
    .regex(/^[a-z_]+(:[a-zA-Z0-9_-]{1,60})?$/, "must be <kind>:<id>")
    .optional(),
  /** From this moment on. */
  from: momentSchema.optional(),
  /** Up to this moment, which is left out. */
  to: momentSchema.optional(),
});

/** A decision by its place in the tenant's chain, counted from 1. */
export const getDecisionSchema = z.strictObject({ seq: z.int().min(1) });

export const summariseDecisionsSchema = z.strictObject({ window: z.enum(WINDOW_NAMES).default("week") });
