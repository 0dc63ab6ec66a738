import type { z } from "zod";
import type { definitionSchema } from "../domain/definition";

export type InputFields = NonNullable<z.input<typeof definitionSchema>["input"]>;

/** A key of an object, or a place in a list from 0. */
type Key = string | number;

// What the product reads between two dots of a template's path; its own check says the same, later.
const KEY = /^[A-Za-z0-9_-]+$/;

/** `{{ a.b.0 }}`. Throws TypeError for a key that a template's path cannot hold. */
function place(...path: readonly Key[]): string {
  const bad = path.find((key) => !KEY.test(String(key)));
  if (bad !== undefined)
    throw new TypeError(
      `${JSON.stringify(bad)} cannot stand in a template's path; let a transform read it and name what it gives`,
    );
  return `{{ ${path.join(".")} }}`;
}

/** Templates for what a run holds, filled in when the step that has them begins. */
export const ref = {
  /** What a start brought. `inputs` gives the same, for declared names alone. */
  input: (name: string, ...path: readonly Key[]) => place("input", name, ...path),
  /** The output of a step that has run before, or what lies in it: `ref.step("fetch", "body", "id")`. */
  step: (id: string, ...path: readonly Key[]) => place("steps", id, "output", ...path),
  /** Within a for-each: the item that the step is taken for, or what lies in it. */
  item: (...path: readonly Key[]) => place("item", ...path),
  /** Within a for-each: the item's place from 0. */
  index: () => place("index"),
};

/** A secret by its name, for the headers, the body and the query of an http step. */
export const secret = <const Name extends string>(name: Name & Uppercase<Name>) => place("secrets", name);

/** Names of declared inputs whose values have parts. */
type JsonName<F extends InputFields> = { [N in keyof F]: F[N]["type"] extends "json" ? N : never }[keyof F];

/** Declarations, and the function that refers to them. */
export interface DeclaredInput<F extends InputFields> {
  /** A template for a declared input; only one of type json has parts to name. */
  <N extends keyof F & string>(name: N, ...path: N extends JsonName<F> ? readonly Key[] : []): string;
  readonly fields: F;
}

/**
 * Declares what a start must bring: `const input = inputs({ order: { type: "string" } })`, then `input` in the
 * definition, and `input("order")` in its steps. A name that is not declared does not compile.
 */
export function inputs<F extends InputFields>(fields: F): DeclaredInput<F> {
  return Object.assign((name: string, ...path: readonly Key[]) => ref.input(name, ...path), { fields });
}
