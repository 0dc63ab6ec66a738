import type { Schema } from "./schema";
import { type Definitions, findProblem, resolve, typeOf } from "./validate";

/** A sound value with one thing wrong. */
export interface Mutant {
  /** What was done to it, and where. */
  what: string;
  value: unknown;
}

type Path = readonly (string | number)[];

/**
 * Breaks a sound value in every place, one at a time: an unknown member, a lost member, a value of another type, a word that
 * is none of those listed. The schema only says where a change would be no mistake: maps take any name, optional members
 * may be lost, free text may say anything.
 */
export function mutantsOf(schema: Schema, value: unknown, definitions: Definitions, path: Path = []): Mutant[] {
  const at = branchFor(schema, value, definitions);
  const own = at.type === undefined ? [] : changesOf(value, at);
  const here = own.map(({ what, value: changed }) => ({
    what: `${what} at ${path.join(".") || "the top"}`,
    value: changed,
  }));
  return [...here, ...mutantsInside(at, value, definitions, path)];
}

/** Of several alternatives, the one that the value fits. */
function branchFor(schema: Schema, value: unknown, definitions: Definitions): Schema {
  const at = resolve(schema, definitions);
  const fit = at.anyOf?.find((alternative) => findProblem(alternative, value, definitions) === null);
  return fit === undefined ? at : branchFor(fit, value, definitions);
}

function changesOf(value: unknown, schema: Schema): Mutant[] {
  // No schema of the SDK allows a list of lists, so this fits nowhere.
  const changes: Mutant[] = [{ what: "another type", value: [["a mutant"]] }];
  if (schema.enum !== undefined) changes.push({ what: "an unlisted word", value: "a_mutant" });
  if (schema.pattern !== undefined) changes.push({ what: "not a number in words", value: "1,5 mutants" });
  if (schema.type === "number") changes.push({ what: "a word for a number", value: "a mutant" });
  if (schema.type === "boolean") changes.push({ what: "a word for a boolean", value: "a mutant" });
  if (typeOf(value) !== "object") return changes;
  const entries = value as Record<string, unknown>;
  if (schema.additionalProperties === false) {
    changes.push({ what: "an unknown member", value: { ...entries, a_mutant: "1" } });
  }
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = entries;
    changes.push({ what: `without ${name}`, value: rest });
  }
  return changes;
}

function mutantsInside(schema: Schema, value: unknown, definitions: Definitions, path: Path): Mutant[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      mutantsOf(schema.items ?? {}, item, definitions, [...path, index]).map((mutant) => ({
        ...mutant,
        value: value.with(index, mutant.value),
      })),
    );
  }
  if (typeOf(value) !== "object") return [];
  const entries = value as Record<string, unknown>;
  return Object.entries(entries).flatMap(([name, item]) => {
    const { properties = {}, additionalProperties } = schema;
    const member = properties[name] ?? (additionalProperties === false ? undefined : additionalProperties);
    if (member === undefined) return [];
    const inside = mutantsOf(member, item, definitions, [...path, name]);
    return inside.map((mutant) => ({ ...mutant, value: { ...entries, [name]: mutant.value } }));
  });
}
