import type { Schema } from "./schema";

export type Definitions = Readonly<Record<string, Schema>>;

/** The first thing that is wrong with a value, and where. */
export interface Problem {
  kind: "unknown" | "missing" | "type" | "value";
  path: readonly string[];
  /** What the schema asks for at that place. */
  schema: Schema;
  value?: unknown;
}

/** The schema behind a name. */
export function resolve(schema: Schema, definitions: Definitions): Schema {
  if (schema.$ref === undefined) return schema;
  const target = definitions[schema.$ref];
  if (target === undefined) throw new Error(`the contract does not define ${schema.$ref}`);
  return target;
}

/** What is wrong with a value by its schema, or null; of several alternatives, it tells of the one that came furthest. */
export function findProblem(
  schema: Schema,
  value: unknown,
  definitions: Definitions,
  path: readonly string[] = [],
): Problem | null {
  const at = resolve(schema, definitions);
  if (at.anyOf !== undefined) return ofAlternatives(at, value, definitions, path);
  if (at.type === undefined) return null;
  if (typeOf(value) !== at.type) return { kind: "type", path, schema: at, value };
  if (at.type === "object") return ofObject(at, value as Record<string, unknown>, definitions, path);
  if (at.type === "array") return ofItems(at, value as unknown[], definitions, path);
  const isAllowed =
    (at.enum?.includes(value as string) ?? true) &&
    (at.pattern === undefined || new RegExp(at.pattern).test(value as string)) &&
    (at.type !== "number" || Number.isFinite(value));
  return isAllowed ? null : { kind: "value", path, schema: at, value };
}

/** The word of JSON Schema for a value's type; undefined and functions have none. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function ofAlternatives(
  schema: Schema,
  value: unknown,
  definitions: Definitions,
  path: readonly string[],
): Problem | null {
  let furthest: Problem = { kind: "type", path, schema, value };
  for (const alternative of schema.anyOf ?? []) {
    const problem = findProblem(alternative, value, definitions, path);
    if (problem === null) return null;
    const isFurther = problem.path.length > furthest.path.length;
    const isNearer =
      problem.path.length === furthest.path.length && furthest.kind === "type" && problem.kind !== "type";
    if (isFurther || isNearer) furthest = problem;
  }
  return furthest;
}

function ofObject(
  schema: Schema,
  value: Record<string, unknown>,
  definitions: Definitions,
  path: readonly string[],
): Problem | null {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  // Fixed words first: `object` and `type` tell alternatives apart before their members are looked at.
  const isFixed = (name: string) => Object.hasOwn(properties, name) && properties[name]?.enum !== undefined;
  for (const name of [...names.filter(isFixed), ...names.filter((each) => !isFixed(each))]) {
    const member = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    const at = [...path, name];
    if (member === undefined || member === false) return { kind: "unknown", path: at, schema, value: value[name] };
    const problem = findProblem(member, value[name], definitions, at);
    if (problem !== null) return problem;
  }
  const missing = required.find((name) => value[name] === undefined);
  return missing === undefined ? null : { kind: "missing", path: [...path, missing], schema };
}

function ofItems(schema: Schema, value: unknown[], definitions: Definitions, path: readonly string[]): Problem | null {
  for (const [index, item] of value.entries()) {
    const problem = findProblem(schema.items ?? {}, item, definitions, [...path, String(index)]);
    if (problem !== null) return problem;
  }
  return null;
}
