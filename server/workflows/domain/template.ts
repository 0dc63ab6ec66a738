import type { Json } from "@/server/kernel/json";

/** What a step sees: the run's input, the outputs of the steps before it, and in a request its secrets. */
export interface TemplateScope {
  input: Json;
  steps: Readonly<Record<string, { output: Json }>>;
  secrets?: Readonly<Record<string, string>>;
  /** In a for-each: what the step is taken for, and its place from 0. */
  item?: Json;
  index?: number;
}

const PLACE = /\{\{([^{}]*)\}\}/g;
// Names and list indexes joined by dots. Nothing is evaluated, so there is nothing to inject into.
const PATH = /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;
const ROOTS = new Set(["input", "steps", "secrets", "item", "index"]);
/** Longest text a template may produce, in UTF-16 units. */
const MAX_RENDERED = 1_000_000;

export type TemplateFault = { place: string; reason: "not-a-path" | "unknown-root" };

/** What stands between the braces of a text, and where the braces begin. */
export function placesOf(text: string): { path: string; at: number }[] {
  return [...text.matchAll(PLACE)].map(({ 1: inner = "", index }) => ({ path: inner.trim(), at: index }));
}

/** The paths a template reads, such as `steps.fetch.output.id`, in order of appearance. */
export function templatePaths(text: string): { paths: string[]; faults: TemplateFault[] } {
  const paths: string[] = [];
  const faults: TemplateFault[] = [];
  for (const { path } of placesOf(text)) {
    if (!PATH.test(path)) faults.push({ place: path, reason: "not-a-path" });
    else if (!ROOTS.has(path.split(".")[0] ?? "")) faults.push({ place: path, reason: "unknown-root" });
    else paths.push(path);
  }
  return { paths, faults };
}

function read(scope: TemplateScope, path: string): Json | undefined {
  let value: unknown = scope;
  for (const key of path.split(".")) {
    // Own properties only: `constructor` and its kind are not data.
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as Json;
}

/** A template that names something the run does not have, or that grows past the cap. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TemplateError";
  }
}

function required(scope: TemplateScope, path: string): Json {
  const value = read(scope, path);
  if (value === undefined) throw new TemplateError(`{{ ${path} }} has no value in this run`);
  return value;
}

/** Fills every place of a text; texts go in as they are, other values as JSON. Throws TemplateError. */
export function renderText(
  text: string,
  scope: TemplateScope,
  encode: (value: string) => string = (value) => value,
): string {
  let length = text.length;
  return text.replaceAll(PLACE, (_, inner: string) => {
    const value = required(scope, inner.trim());
    const filled = encode(typeof value === "string" ? value : JSON.stringify(value));
    length += filled.length;
    if (length > MAX_RENDERED) throw new TemplateError(`the text grows past ${MAX_RENDERED} characters`);
    return filled;
  });
}

const asPart = (value: string) => encodeURIComponent(value.toWellFormed());
/** What a part of a path must not become: it would be taken away, with the one before it or alone. */
const NO_PART = new Set(["", ".", ".."]);

/**
 * Fills every place of an address, each value as one part of it. Throws TemplateError, also where a whole part of the path
 * would be empty or dots, as another path would be asked then.
 */
export function renderUrl(url: string, scope: TemplateScope): string {
  const filled = renderText(url, scope, asPart);
  const [path = ""] = url.split(/[?#]/, 1);
  const lost = path.split("/").find((part) => part.includes("{{") && NO_PART.has(renderText(part, scope, asPart)));
  if (lost !== undefined) throw new TemplateError(`${lost} leaves no part of the path: it is empty, "." or ".."`);
  return filled;
}

/** Fills every text inside a JSON value; a text that is one place and nothing else becomes that value itself. */
export function renderJson(value: Json, scope: TemplateScope): Json {
  if (typeof value === "string") {
    const whole = /^\{\{([^{}]*)\}\}$/.exec(value.trim());
    return whole?.[1] === undefined ? renderText(value, scope) : required(scope, whole[1].trim());
  }
  if (Array.isArray(value)) return value.map((item: Json) => renderJson(item, scope));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderJson(item as Json, scope)]));
  return value;
}

/** Every text inside a JSON value, with its path below `prefix`. */
export function textsWithin(value: Json, prefix: string): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path: prefix, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsWithin(item as Json, `${prefix}.${key}`));
}
