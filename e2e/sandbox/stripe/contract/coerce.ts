import type { Schema } from "./schema";
import { type Definitions, findProblem, resolve, typeOf } from "./validate";

/** A form knows only words and nested names; the schema says which are numbers, booleans and lists. What fits nothing stays. */
export function coerce(schema: Schema, value: unknown, definitions: Definitions): unknown {
  const at = resolve(schema, definitions);
  if (at.anyOf !== undefined) return coerceToOneOf(at.anyOf, value, definitions);
  if (typeof value === "string") return coerceWord(at, value);
  if (typeOf(value) !== "object") return value;
  const entries = Object.entries(value as Record<string, unknown>);
  if (at.type === "array") {
    if (!entries.every(([key], index) => key === String(index))) return value;
    return entries.map(([, item]) => coerce(at.items ?? {}, item, definitions));
  }
  if (at.type !== "object") return value;
  const memberOf = (name: string) => {
    const { properties = {}, additionalProperties } = at;
    if (Object.hasOwn(properties, name)) return properties[name] ?? {};
    return additionalProperties === undefined || additionalProperties === false ? {} : additionalProperties;
  };
  return Object.fromEntries(entries.map(([name, item]) => [name, coerce(memberOf(name), item, definitions)]));
}

function coerceWord(schema: Schema, word: string): unknown {
  if (schema.type === "number" && /^-?\d+(\.\d+)?$/.test(word)) return Number(word);
  if (schema.type === "boolean" && (word === "true" || word === "false")) return word === "true";
  return word;
}

/** The first alternative that the value then fits; else the first of its own shape, whose complaint makes sense. */
function coerceToOneOf(alternatives: readonly Schema[], value: unknown, definitions: Definitions): unknown {
  const tried = alternatives.map((alternative) => ({ alternative, as: coerce(alternative, value, definitions) }));
  const fit = tried.find(({ alternative, as }) => findProblem(alternative, as, definitions) === null);
  if (fit !== undefined) return fit.as;
  const alike = tried.find(({ alternative, as }) => resolve(alternative, definitions).type === typeOf(as));
  return alike === undefined ? value : alike.as;
}
