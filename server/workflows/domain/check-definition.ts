import { parse as parseCel } from "@marcbachmann/cel-js";
import jsonata from "jsonata";
import { must } from "@/server/kernel/errors";
import { definitionSchema, type WorkflowDefinition } from "./definition";
import { certainPredecessors, type DefinitionIssue, findCycle, reachableFrom } from "./graph";
import { secretIssues } from "./secret-places";
import { references, type Step } from "./step";
import { templatePaths, textsWithin } from "./template";
import { waysOf } from "./ways";

export type CheckedDefinition =
  { isValid: true; definition: WorkflowDefinition } | { isValid: false; issues: DefinitionIssue[] };

/** Headers that frame or route the request: the sender sets them, never an author. */
const FORBIDDEN_HEADERS = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

type Located = { step: Step; at: string };

function duplicateIds(located: readonly Located[]): DefinitionIssue[] {
  const seen = new Set<string>();
  return located.flatMap(({ step, at }) => {
    if (!seen.has(step.id)) {
      seen.add(step.id);
      return [];
    }
    return [{ path: `${at}.id`, message: `the id ${step.id} is used twice; every step needs an id of its own` }];
  });
}

function graphIssues(definition: WorkflowDefinition, located: readonly Located[]): DefinitionIssue[] {
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  const unknown = located.flatMap(({ step, at }) =>
    references(step)
      .filter(({ id }) => !byId.has(id))
      .map(({ path, id }) => ({ path: `${at}.${path}`, message: `there is no step ${id}` })),
  );
  const cycle = findCycle(definition.steps, byId);
  const first = definition.steps[0];
  if (cycle !== null) {
    const at = located.find(({ step }) => step.id === cycle[0])?.at ?? "steps";
    return [
      ...unknown,
      { path: `${at}.next`, message: `the steps ${cycle.join(" → ")} form a cycle; a run would never end` },
    ];
  }
  if (first === undefined || unknown.length > 0) return unknown;
  const reached = reachableFrom(first, byId);
  const unreachable = located
    .filter(({ step }) => !reached.has(step.id))
    .map(({ step, at }) => ({
      path: at,
      message: `no path leads to the step ${step.id}; name it in a next, or remove it`,
    }));
  const placeOf = new Map(located.map(({ step, at }) => [step.id, at]));
  const entangled = waysOf(first, byId).issues.map(({ stepId, message }) => ({
    path: placeOf.get(stepId) ?? "steps",
    message: `the step ${stepId} ${message}`,
  }));
  return [...unreachable, ...entangled];
}

/** The texts of a step that are filled in at run time. */
function templates({ step, at }: Located): { path: string; text: string }[] {
  if (step.type === "http") {
    const { url, headers, body } = step.request;
    return [
      { path: `${at}.request.url`, text: url },
      ...textsWithin(headers, `${at}.request.headers`),
      ...textsWithin(body ?? null, `${at}.request.body`),
    ];
  }
  if (step.type === "notify")
    return [
      { path: `${at}.subject`, text: step.subject ?? "" },
      { path: `${at}.text`, text: step.text },
    ];
  if (step.type === "workflow" || step.type === "adapter") return textsWithin(step.input, `${at}.input`);
  if (step.type === "evidence")
    return [{ path: `${at}.file`, text: step.file }, ...textsWithin(step.content, `${at}.content`)];
  if (step.type === "approval")
    return [
      { path: `${at}.title`, text: step.title },
      { path: `${at}.details`, text: step.details ?? "" },
    ];
  if (step.type === "wait" && step.until !== undefined) return [{ path: `${at}.until`, text: step.until }];
  if (step.type === "wait") return textsWithin(step.match ?? {}, `${at}.match`);
  return [];
}

function templateIssues(
  definition: WorkflowDefinition,
  located: Located,
  { certain, isRepeated }: { certain: ReadonlySet<string>; isRepeated: boolean },
): DefinitionIssue[] {
  return templates(located).flatMap(({ path, text }) => {
    const { paths, faults } = templatePaths(text);
    const bad = faults.map(({ place }) => ({
      path,
      message: `{{ ${place} }} is not a path; write {{ input.name }} or {{ steps.id.output }}`,
    }));
    const dangling = paths.flatMap((reading) => {
      const [root, name = "", part] = reading.split(".");
      if ((root === "item" || root === "index") && !isRepeated)
        return [{ path, message: `{{ ${reading} }} stands outside of a for-each` }];
      if (root === "input" && !Object.hasOwn(definition.input, name))
        return [{ path, message: `{{ ${reading} }} reads an input that the workflow does not declare` }];
      if (root === "steps" && !certain.has(name))
        return [{ path, message: `{{ ${reading} }} reads a step that need not have run before ${located.step.id}` }];
      if (root === "steps" && part !== "output")
        return [{ path, message: `{{ ${reading} }} must begin with steps.${name}.output` }];
      return [];
    });
    return [...bad, ...dangling];
  });
}

/** What steps read that need not be there when they begin. Call on a sound graph only. */
function readingIssues(definition: WorkflowDefinition, located: readonly Located[]): DefinitionIssue[] {
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  const certain = certainPredecessors(definition, byId);
  const { repeated } = waysOf(must(definition.steps[0], "a definition has a first step"), byId);
  return located.flatMap((each) => {
    const { id } = each.step;
    return templateIssues(definition, each, { certain: certain.get(id) ?? new Set(), isRepeated: repeated.has(id) });
  });
}

function httpIssues({ step, at }: Located): DefinitionIssue[] {
  if (step.type !== "http") return [];
  const { url, headers } = step.request;
  // Scheme, host and port stand in the definition itself: a reviewer must see whom a step talks to.
  const origin = /^https?:\/\/([^/?#\s{}@\\]+)([/?#]|$)/i.exec(url);
  const urlIssue =
    origin === null || /[\s\u0000-\u001f\\]/.test(url.replaceAll(/\{\{[^{}]*\}\}/g, ""))
      ? [
          {
            path: `${at}.request.url`,
            message: "must begin with http:// or https:// and a fixed host, without user or password",
          },
        ]
      : [];
  const headerIssues = Object.entries(headers).flatMap(([name, value]) => {
    const path = `${at}.request.headers.${name}`;
    if (FORBIDDEN_HEADERS.has(name.toLowerCase()))
      return [{ path, message: `the header ${name} is set by the sender` }];
    return /[\r\n\u0000]/.test(value) ? [{ path, message: "must be one line" }] : [];
  });
  return [...urlIssue, ...headerIssues];
}

function syntaxIssue(path: string, language: string, parse: () => unknown): DefinitionIssue[] {
  try {
    parse();
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : (error as { message?: string }).message;
    return [{ path, message: `is not valid ${language}: ${(message ?? "syntax error").split("\n")[0] ?? ""}` }];
  }
}

function expressionIssues({ step, at }: Located): DefinitionIssue[] {
  if (step.type === "transform") return syntaxIssue(`${at}.expression`, "JSONata", () => jsonata(step.expression));
  if (step.type === "for-each") return syntaxIssue(`${at}.items`, "JSONata", () => jsonata(step.items));
  if (step.type === "wait" && step.when !== undefined) {
    const { when } = step;
    return syntaxIssue(`${at}.when`, "CEL", () => parseCel(when));
  }
  if (step.type !== "branch") return [];
  return step.cases.flatMap((branchCase, index) =>
    syntaxIssue(`${at}.cases.${index}.when`, "CEL", () => parseCel(branchCase.when)),
  );
}

/** As many faults as anybody reads, each as long: what was sent must not come back at its full length. */
const told = (issues: readonly DefinitionIssue[]): DefinitionIssue[] =>
  issues.slice(0, 100).map(({ path, message }) => ({ path: path.slice(0, 300), message: message.slice(0, 300) }));

/** What is wrong with a definition, each fault with its path, the first hundred of them; or the definition, parsed. */
export function checkDefinition(candidate: unknown): CheckedDefinition {
  const parsed = definitionSchema.safeParse(candidate);
  if (!parsed.success)
    return {
      isValid: false,
      issues: told(parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }))),
    };
  const definition = parsed.data;
  const located = definition.steps.map((step, index) => ({ step, at: `steps.${index}` }));
  const structural = [...duplicateIds(located), ...graphIssues(definition, located)];
  const local = located.flatMap((each) => [...httpIssues(each), ...expressionIssues(each)]);
  const reading = structural.length > 0 ? [] : readingIssues(definition, located);
  const issues = [...structural, ...local, ...reading, ...secretIssues(definition)];
  return issues.length === 0 ? { isValid: true, definition } : { isValid: false, issues: told(issues) };
}
