import { z } from "zod";
import {
  ALL_ACTIONS,
  APPROVER_ROLES,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  RISK_PROFILES,
  type Subject,
  subjectOf,
} from "@/policies/access/vocabulary";
import { idSchema, pageSchema, searchedSchema } from "@/server/kernel/schemas";

/** The kinds of things that actions are about, in the order of the catalogue. */
export const SUBJECTS = [...new Set(ALL_ACTIONS.map(subjectOf))] as [Subject, ...Subject[]];
const ALL = "all";

const word = z.string().min(1).max(63);

/** What is asked about. A workflow or run brings its own attributes; what is left out of others takes its default. */
const thing = {
  action: z.enum(ALL_ACTIONS),
  workflowId: idSchema("workflow").optional(),
  runId: idSchema("run").optional(),
  environment: z.enum(ENVIRONMENTS).default("dev"),
  risk: z.enum(RISK_PROFILES).default("low"),
  /** The deployment's first region when left out. */
  region: word.optional(),
  businessUnit: word.default("general"),
  sensitivity: z.enum(DATA_SENSITIVITIES).default("internal"),
  /** Of a request for approval: the role that its stage asks. */
  askedRole: z.enum(APPROVER_ROLES).default("workflow_reviewer"),
};

export const whoCanSchema = z.strictObject(thing);
export const whyMemberCanSchema = z.strictObject({ memberId: idSchema("member"), ...thing });
export const whyKeyCanSchema = z.strictObject({ apiKeyId: idSchema("apiKey"), ...thing });
export type AskedThing = z.output<typeof whoCanSchema>;

export const accessMatrixSchema = pageSchema.extend({
  /** Actions on this kind of thing; `all`: all actions. */
  subject: z.enum([ALL, ...SUBJECTS]).default("workflow"),
  text: searchedSchema.optional(),
});
