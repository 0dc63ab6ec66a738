import { z } from "zod";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { runInputSchema } from "./domain/run-input";
import { RUN_STATUSES } from "./domain/status";
import { DATA_SENSITIVITIES, ENVIRONMENTS, RISK_PROFILES } from "@/policies/access/vocabulary";
import { idSchema, momentSchema, pageSchema, searchedSchema } from "@/server/kernel/schemas";

/** The same key starts one run, however often it is sent. */
const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 printable ASCII characters without spaces")
  .optional();

export const startRunSchema = z.strictObject({
  workflowId: idSchema("workflow"),
  input: runInputSchema.default({}),
  idempotencyKey,
  /** The workflow's own class, or a less urgent one. */
  executionClass: z.enum(EXECUTION_CLASSES).optional(),
});
/** A step of a run that has ended, in its place: a new run begins with it. */
export const rerunRunSchema = z.strictObject({
  runId: idSchema("run"),
  stepId: z.string().max(80),
  idempotencyKey,
});
/** A file that a step attached to its run. */
export const artefactSchema = z.strictObject({ runId: idSchema("run"), stepId: z.string().max(80) });
export const runSchema = z.strictObject({ runId: idSchema("run") });
export const stopRunSchema = z.strictObject({
  runId: idSchema("run"),
  reason: z.string().trim().max(500, "must have at most 500 characters").default(""),
});
const word = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "must be one word of lower-case letters, digits and _");

/** Which runs are meant: those that all of these let through. */
export const runFilterSchema = z.strictObject({
  workflowId: idSchema("workflow").optional(),
  status: z.enum(RUN_STATUSES).optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  riskProfile: z.enum(RISK_PROFILES).optional(),
  businessUnit: word.optional(),
  dataSensitivity: z.enum(DATA_SENSITIVITIES).optional(),
  region: word.optional(),
  /** `me`, exactly one such as `user:usr_…`, or part of the name or address of a member or API key. */
  startedBy: searchedSchema.optional(),
  /** How a run's id begins, from `run_` on, or part of its workflow's name or address. */
  text: searchedSchema.optional(),
  /** Asked for from this moment on. */
  from: momentSchema.optional(),
  /** Asked for before this moment. */
  to: momentSchema.optional(),
});
/** Rows of one export at most. */
export const EXPORTED_ROWS_MAX = 100_000;
export const listRunsSchema = pageSchema.extend(runFilterSchema.shape);
