import type { Json } from "@/server/kernel/json";
import { SECRET_NAME } from "@/server/secrets/domain/name";
import type { WorkflowDefinition } from "./definition";
import type { StepOf, Step } from "./step";
import type { DefinitionIssue } from "./graph";
import { placesOf, textsWithin } from "./template";

const ROOT = /^secrets(?![A-Za-z0-9_-])/;
// In an expression; a field of that name, as in `steps.a.output.secrets`, is none.
const IN_EXPRESSION = /(?<![\w.$])secrets\s*(\.\s*[A-Z]|\[)/;
const WHERE = "may stand in the headers, the body and the query of an http step alone";

/** True for a path such as `secrets.API_KEY`: one name and nothing below it. */
function secretIn(path: string): string | null {
  const [root, name = "", ...rest] = path.split(".");
  return root === "secrets" && rest.length === 0 && SECRET_NAME.test(name) ? name : null;
}

/** True for a place between the URL's `?` and its `#`. */
function isInQuery(url: string, at: number): boolean {
  const [query, fragment] = [url.indexOf("?"), url.indexOf("#")];
  return query !== -1 && at > query && (fragment === -1 || at < fragment);
}

const mentions = (text: string) => placesOf(text).filter(({ path }) => ROOT.test(path));

/** The texts of an http step in which a secret may stand, if the place is right; `at` is where the step is. */
function openTexts({ request }: StepOf<"http">, at: string) {
  return [
    { path: `${at}.request.url`, text: request.url },
    ...textsWithin(request.headers, `${at}.request.headers`),
    ...textsWithin(request.body ?? null, `${at}.request.body`),
  ];
}

/** The names of the secrets that a step sends. */
export function secretsOfStep(step: Step): string[] {
  if (step.type === "notify" && step.webhook !== undefined) return [step.webhook];
  if (step.type !== "http") return [];
  const names = openTexts(step, "").flatMap(({ text }) => mentions(text).flatMap(({ path }) => secretIn(path) ?? []));
  return [...new Set(names)];
}

/** The names of all secrets that a definition's steps send. */
export const secretsOf = ({ steps }: WorkflowDefinition): string[] => [...new Set(steps.flatMap(secretsOfStep))];

/** Keys of objects at every depth, with their paths: nothing is filled in there. */
function keysWithin(value: Json, prefix: string): { path: string; text: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const own = Array.isArray(value) ? [] : entries.map(([key]) => ({ path: `${prefix}.${key}`, text: key }));
  return [...own, ...entries.flatMap(([key, item]) => keysWithin(item as Json, `${prefix}.${key}`))];
}

function misplaced(path: string, text: string): DefinitionIssue[] {
  return mentions(text).map((place) => ({ path, message: `a secret ${WHERE}, not here: {{ ${place.path} }}` }));
}

function expressionIssues(step: Step, at: string): DefinitionIssue[] {
  const expressions = [
    ...(step.type === "transform" ? [{ path: `${at}.expression`, text: step.expression }] : []),
    ...(step.type === "wait" && step.when !== undefined ? [{ path: `${at}.when`, text: step.when }] : []),
    ...(step.type === "for-each" ? [{ path: `${at}.items`, text: step.items }] : []),
    ...(step.type === "branch"
      ? step.cases.map(({ when }, nth) => ({ path: `${at}.cases.${nth}.when`, text: when }))
      : []),
  ];
  return expressions
    .filter(({ text }) => IN_EXPRESSION.test(text))
    .map(({ path }) => ({ path, message: `a secret ${WHERE}; an expression cannot read one` }));
}

function httpIssues(step: StepOf<"http">, at: string): DefinitionIssue[] {
  return openTexts(step, at).flatMap(({ path, text }) =>
    mentions(text).flatMap((place) => {
      if (secretIn(place.path) === null)
        return [{ path, message: `{{ ${place.path} }} names no secret; write {{ secrets.NAME }}, in capitals` }];
      if (path === `${at}.request.url` && !isInQuery(text, place.at))
        return [{ path, message: `a secret in a URL may stand in its query alone, after the ?: {{ ${place.path} }}` }];
      return [];
    }),
  );
}

/** What is wrong with how a definition names secrets, wherever it does. */
export function secretIssues(definition: WorkflowDefinition): DefinitionIssue[] {
  const { steps, ...rest } = definition;
  const head = Object.entries(rest).flatMap(([key, value]) => [...textsWithin(value, key), ...keysWithin(value, key)]);
  const inSteps = steps.flatMap((step, nth) => {
    const at = `steps.${nth}`;
    const open = step.type === "http" ? openTexts(step, at) : [];
    const isOpen = new Set(open.map(({ path }) => path));
    const closed = [...textsWithin(step as Json, at).filter(({ path }) => !isOpen.has(path)), ...keysWithin(step, at)];
    return [
      ...(step.type === "http" ? httpIssues(step, at) : []),
      ...expressionIssues(step, at),
      ...closed.flatMap(({ path, text }) => misplaced(path, text)),
    ];
  });
  return [...head.flatMap(({ path, text }) => misplaced(path, text)), ...inSteps];
}
