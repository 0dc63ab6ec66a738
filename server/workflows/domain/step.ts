import { z } from "zod";
import { stagesSchema } from "@/server/approvals/domain/chain";
import { SECRET_NAME } from "@/server/secrets/domain/name";
import { next, stepBase, template, word } from "./step-parts";
import { waitStepSchema } from "./wait-step";

const stepRef = word;
const jsonata = z.string().min(1, "must not be empty").max(10_000);

/** The most items a for-each may go over. */
export const MAX_ITEMS = 1_000;

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is not a header name (RFC 9110)");

const httpStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("http"),
  request: z.strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).default("GET"),
    url: template(4_000).describe("Scheme and host stand in it as they are; the rest may be filled in."),
    headers: z.record(headerName, template(4_000)).default({}),
    /** Sent as JSON unless it is text; `{{ … }}` inside its texts is filled in. */
    body: z.json().optional().describe("Sent as JSON unless it is text; `{{ … }}` inside its texts is filled in."),
  }),
  /** Answers outside these statuses fail the step; absent: 200 to 299. */
  expected_status: z
    .array(z.int().min(100).max(599))
    .min(1)
    .max(20)
    .optional()
    .describe("Answers outside these statuses fail the step; absent: 200 to 299."),
  timeout_seconds: z.int().min(1).max(30).default(10).describe("For one attempt, redirects included."),
  /** Further attempts after the first failed. */
  retries: z.int().min(0).max(10).default(3).describe("Further attempts after the first failed."),
  ...next,
});

const transformStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("transform"),
  /** JSONata over `{ input, steps }`, in a for-each over `item` and `index` too. */
  expression: jsonata.describe("JSONata over `{ input, steps }`, in a for-each over `item` and `index` too."),
  ...next,
});

const branchStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("branch"),
  cases: z
    .array(
      z.strictObject({
        /** CEL over `input` and `steps`; the first case that is true is taken. */
        when: z
          .string()
          .min(1, "must not be empty")
          .max(2_000)
          .describe("CEL over `input` and `steps`; the first case that is true is taken."),
        next: stepRef.describe("The step that is then taken."),
      }),
    )
    .min(1)
    .max(50),
  /** Taken when no case is true; absent: the run, or the branch of it, ends here. */
  otherwise: stepRef
    .optional()
    .describe("Taken when no case is true; absent: the run, or the branch of it, ends here."),
});

const parallelStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("parallel"),
  /** The first step of each branch; a branch ends with a step that has no next. All of them go on at once. */
  branches: z
    .array(stepRef)
    .min(2, "needs at least two branches")
    .max(50)
    .describe("The first step of each branch; a branch ends with a step that has no next. All of them go on at once."),
  ...next,
});

const forEachStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("for-each"),
  /** JSONata over the same scope as a transform's; it must give a list. */
  items: jsonata.describe("JSONata over the same scope as a transform's; it must give a list."),
  /** The first of the steps that are taken for each item, which read it as `item` and its place from 0 as `index`. */
  body: stepRef.describe("The first step taken for each item, read as `item` and its place from 0 as `index`."),
  /** A longer list fails the step. */
  max_items: z.int().min(1).max(MAX_ITEMS).default(MAX_ITEMS).describe("A longer list fails the step."),
  /** Items that are worked on at once. */
  at_once: z.int().min(1).max(50).default(10).describe("Items that are worked on at once."),
  /** Whether an item that fails ends the run, or is told of among the results. */
  on_error: z
    .enum(["fail", "continue"])
    .default("fail")
    .describe("Whether an item that fails ends the run, or is told of among the results."),
  ...next,
});

const notifyStepSchema = z
  .strictObject({
    ...stepBase,
    type: z.literal("notify"),
    channel: z.enum(["email", "slack"]).default("email"),
    /** Whom an e-mail goes to, and what it is about. */
    to: z.email("must be an e-mail address").optional().describe("Whom an e-mail goes to."),
    subject: template(200).optional().describe("What an e-mail is about; filled in."),
    /** The name of the secret that holds the address of a Slack incoming webhook. */
    webhook: z
      .string()
      .regex(SECRET_NAME, "must be the name of a secret, in capitals")
      .optional()
      .describe("The name of the secret that holds the address of a Slack incoming webhook."),
    text: template(10_000).describe("The message, filled in."),
    ...next,
  })
  .refine(({ channel, to, subject }) => channel !== "email" || (to !== undefined && subject !== undefined), {
    error: "an e-mail says to whom it goes, and its subject",
    path: ["to"],
  })
  .refine(({ channel, webhook }) => channel !== "slack" || webhook !== undefined, {
    error: "a message to Slack names the secret that holds its webhook",
    path: ["webhook"],
  });

const evidenceStepSchema = z
  .strictObject({
    ...stepBase,
    type: z.literal("evidence"),
    /** What the file is called. */
    file: template(120).min(1, "must not be empty").describe("What the file is called."),
    media_type: z.enum(["application/json", "text/plain", "text/csv", "text/markdown"]).default("application/json"),
    /** What the file holds, filled in; any JSON, or the text of one that is no JSON. */
    content: z.json().describe("What the file holds, filled in; any JSON, or the text of one that is no JSON."),
    ...next,
  })
  .refine(({ media_type, content }) => media_type === "application/json" || typeof content === "string", {
    error: "must be text, as the file is no JSON",
    path: ["content"],
  });

const workflowStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("workflow"),
  /** The slug of the workflow whose published version is run. */
  workflow: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be the slug of a workflow"),
  /** What it declares as its input, filled in. */
  input: z.record(word, z.json()).default({}),
  ...next,
});

const adapterStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("adapter"),
  /** The slug of an adapter that the tenant has registered. */
  adapter: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be the slug of an adapter")
    .describe("The slug of an adapter that the tenant has registered."),
  /** What it declares as its input, filled in. */
  input: z.record(word, z.json()).default({}).describe("What the adapter declares as its input, filled in."),
  /** Further attempts after the first failed. */
  retries: z.int().min(0).max(10).default(3).describe("Further attempts after the first failed."),
  ...next,
});

const approvalStepSchema = z.strictObject({
  ...stepBase,
  type: z.literal("approval"),
  title: template(200)
    .min(1, "must not be empty")
    .describe("What is asked, in one line that is filled in when the step begins."),
  details: template(4_000).optional().describe("What those who decide have to know, filled in."),
  stages: stagesSchema.describe(
    "Who is asked, stage after stage. A rejection, and a stage that expires, fail the step.",
  ),
  ...next,
});

export const stepSchema = z.discriminatedUnion("type", [
  httpStepSchema,
  transformStepSchema,
  waitStepSchema,
  branchStepSchema,
  parallelStepSchema,
  forEachStepSchema,
  notifyStepSchema,
  evidenceStepSchema,
  workflowStepSchema,
  adapterStepSchema,
  approvalStepSchema,
]);

export type Step = z.output<typeof stepSchema>;
export type StepOf<T extends Step["type"]> = Extract<Step, { type: T }>;

/** A place in a step that names another one, by its path below the step. */
interface Reference {
  path: string;
  id: string;
}

const named = (references: readonly { path: string; id: string | undefined }[]): Reference[] =>
  references.flatMap(({ path, id }) => (id === undefined ? [] : [{ path, id }]));

/** The steps that may come after one on the same way, in the order in which its definition names them. */
export function followers(step: Step): Reference[] {
  if (step.type !== "branch") return named([{ path: "next", id: step.next }]);
  const cases = step.cases.map(({ next: id }, nth) => ({ path: `cases.${nth}.next`, id }));
  return named([...cases, { path: "otherwise", id: step.otherwise }]);
}

/** The first steps of the ways that begin within a step and end before what follows it. */
export function beginnings(step: Step): Reference[] {
  if (step.type === "parallel") return step.branches.map((id, nth) => ({ path: `branches.${nth}`, id }));
  return step.type === "for-each" ? [{ path: "body", id: step.body }] : [];
}

/** All that a step names, first what begins within it. */
export const references = (step: Step): Reference[] => [...beginnings(step), ...followers(step)];

/** The ids of all steps that may come after one, on its way or within it. */
export const successors = (step: Step): string[] => references(step).map(({ id }) => id);
