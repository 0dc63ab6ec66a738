import type { Draft } from "./draft";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";

const isStages = (stages: unknown) =>
  Array.isArray(stages) &&
  stages.every(
    (stage) => isObject(stage) && typeof stage.quorum === "number" && typeof stage.expires_hours === "number",
  );

/** What the forms and the graph rely on for each type; everything else is the check's to judge. */
const NEEDS: Readonly<Record<string, (step: Record<string, unknown>) => boolean>> = {
  http: ({ request }) =>
    isObject(request) && isText(request.url) && (request.headers === undefined || isObject(request.headers)),
  transform: ({ expression }) => isText(expression),
  wait: ({ seconds, until, event, when = "" }) =>
    (typeof seconds === "number" || isText(until) || isText(event)) && isText(when),
  branch: ({ cases }) =>
    Array.isArray(cases) && cases.every((each) => isObject(each) && isText(each.when) && isText(each.next)),
  parallel: ({ branches }) => Array.isArray(branches) && branches.every(isText),
  "for-each": ({ items, body }) => isText(items) && isText(body),
  notify: ({ to = "", subject = "", webhook = "", text }) => [to, subject, webhook, text].every(isText),
  workflow: ({ workflow, input = {} }) => isText(workflow) && isObject(input),
  adapter: ({ adapter, input = {} }) => isText(adapter) && isObject(input),
  approval: ({ title, details = "", stages }) => isText(title) && isText(details) && isStages(stages),
  evidence: ({ file, content }) => isText(file) && content !== undefined,
};

function isShownStep(step: unknown): boolean {
  if (!isObject(step) || typeof step.type !== "string" || !isText(step.id)) return false;
  return NEEDS[step.type]?.(step) === true;
}

/** A JSON value as a draft that the forms can show, or null: a draft may be faulty, but must have the parts. */
export function readDraft(value: unknown): Draft | null {
  if (!isObject(value) || !isText(value.name) || !isObject(value.attributes)) return null;
  if (value.input !== undefined && !(isObject(value.input) && Object.values(value.input).every(isObject))) return null;
  const { approval_to_start: asked } = value;
  if (asked !== undefined && !(isObject(asked) && isStages(asked.stages))) return null;
  if (!Array.isArray(value.steps) || !value.steps.every(isShownStep)) return null;
  // Checked as far as the forms need it; whether its words are among the accepted ones is for the check to say.
  return value as Draft;
}
