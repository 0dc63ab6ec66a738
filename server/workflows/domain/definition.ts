import { z } from "zod";
import { DATA_SENSITIVITIES, ENVIRONMENTS, IMPORTANCES, RISK_PROFILES } from "@/policies/access/vocabulary";
import { stagesSchema } from "@/server/approvals/domain/chain";
import { EXECUTION_CLASSES } from "./execution-class";
import { inputFieldSchema } from "./input-field";
import { stepSchema } from "./step";
import { line, word } from "./step-parts";

/** Most steps a definition may hold. */
export const MAX_STEPS = 1_000;

/** The attributes policy decides by. Part of the definition, so that a change of one is a reviewed edit. */
const attributesSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS),
  region: word,
  risk_profile: z.enum(RISK_PROFILES),
  business_unit: word,
  data_sensitivity: z.enum(DATA_SENSITIVITIES),
});

export const definitionSchema = z.strictObject({
  name: line(120),
  description: z.string().max(2_000).default(""),
  attributes: attributesSchema.describe("What policy decides by; a change of one is a reviewed edit."),
  importance: z.enum(IMPORTANCES).default("normal"),
  /** The share of the workers that its runs have; a start may ask for a less urgent one. */
  execution_class: z
    .enum(EXECUTION_CLASSES)
    .default("standard")
    .describe("The share of the workers that its runs have; a start may ask for a less urgent one."),
  /** What a start must bring, by name. */
  input: z.record(word, inputFieldSchema).default({}).describe("What a start must bring, by name."),
  /** Without it nobody is asked. */
  approval_to_start: z.strictObject({ stages: stagesSchema }).optional().describe("Who must approve each start."),
  /** The first step is where a run begins; each names the one that follows it. */
  steps: z
    .array(stepSchema)
    .min(1, "needs at least one step")
    .max(MAX_STEPS)
    .describe("The first step is where a run begins; each names the one that follows it."),
});

export type WorkflowDefinition = z.output<typeof definitionSchema>;
