import { z } from "zod";
import { DATA_SENSITIVITIES, ENVIRONMENTS, IMPORTANCES, RISK_PROFILES } from "@/policies/access/vocabulary";

/** Most steps a definition may hold. */
const MAX_STEPS = 1_000;

const word = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "must start with a letter and hold only lower-case letters, digits and _ (63 at most)",
  );
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max)
    .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(text), {
      error: "must be one line of plain text, without control characters",
    });
const stepRef = word;
const template = (max: number) => z.string().max(max);

const stepBase = {
  id: word,
  /** What people read in the graph and the timeline; the id when absent. */
  name: line(120).optional(),
};
/** The step that follows; absent: the run ends here. */
const next = { next: stepRef.optional() };

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is not a header name (RFC 9110)");

const httpStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("http"),
  request: z.strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).default("GET"),
    url: template(4_000),
    headers: z.record(headerName, template(4_000)).default({}),
    /** Sent as JSON unless it is text; `{{ … }}` inside its texts is filled in. */
    body: z.json().optional(),
  }),
  /** Answers outside these statuses fail the step; absent: 200 to 299. */
  expected_status: z.array(z.int().min(100).max(599)).min(1).max(20).optional(),
  timeout_seconds: z.int().min(1).max(30).default(10),
  /** Further attempts after the first failed. */
  retries: z.int().min(0).max(10).default(3),
  ...next,
});

const transformStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("transform"),
  /** JSONata over `{ input, steps }`. */
  expression: z.string().min(1, "must not be empty").max(10_000),
  ...next,
});

const waitStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("wait"),
  seconds: z
    .int()
    .min(1)
    .max(30 * 24 * 3_600, "must be at most 30 days (2592000 seconds)"),
  ...next,
});

const branchStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("branch"),
  cases: z
    .array(
      z.strictObject({
        /** CEL over `input` and `steps`; the first case that is true is taken. */
        when: z.string().min(1, "must not be empty").max(2_000),
        next: stepRef,
      }),
    )
    .min(1)
    .max(50),
  /** Taken when no case is true; absent: the run ends here. */
  otherwise: stepRef.optional(),
});

export const notifyStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("notify"),
  to: z.email("must be an e-mail address"),
  subject: template(200),
  text: template(10_000),
  ...next,
});

export const stepSchema = z.discriminatedUnion("type", [
  httpStepSchema,
  transformStepSchema,
  waitStepSchema,
  branchStepSchema,
  notifyStepSchema,
]);

const inputFieldSchema = z.strictObject({
  type: z.enum(["string", "number", "boolean"]),
  description: line(200).optional(),
  required: z.boolean().default(true),
});

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
  attributes: attributesSchema,
  importance: z.enum(IMPORTANCES).default("normal"),
  /** What a start must bring, by name. */
  input: z.record(word, inputFieldSchema).default({}),
  /** The first step is where a run begins; each names the one that follows it. */
  steps: z.array(stepSchema).min(1, "needs at least one step").max(MAX_STEPS),
});

export type WorkflowDefinition = z.output<typeof definitionSchema>;
export type Step = z.output<typeof stepSchema>;
export type HttpStep = z.output<typeof httpStepSchema>;

/** The steps that may follow one, in the order in which its definition names them. */
export function successors(step: Step): string[] {
  const ids =
    step.type === "branch" ? [...step.cases.map((branchCase) => branchCase.next), step.otherwise] : [step.next];
  return ids.filter((id) => id !== undefined);
}
