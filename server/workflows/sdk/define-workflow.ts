import type { z } from "zod";
import type { definitionSchema } from "../domain/definition";
import type { DeclaredInput, InputFields } from "./references";

type DefinitionInput = z.input<typeof definitionSchema>;
type StepInput = DefinitionInput["steps"][number];

/** What names another step of the same definition, by the field that holds the name. */
type Reference = "next" | "otherwise" | "body";

/** A step, or a case of a branch, whose references may name these ids alone. Distributes over a union. */
type Linked<S, Id extends string> = {
  [K in keyof S]: K extends "id"
    ? Id
    : K extends Reference
      ? NoInfer<Id> | Extract<S[K], undefined>
      : K extends "branches"
        ? NoInfer<Id>[]
        : K extends "cases"
          ? S[K] extends (infer Case)[]
            ? Linked<Case, Id>[]
            : never
          : S[K];
};

/** A definition as code writes it: as the schema takes it, but for references, which the compiler checks. */
export interface WorkflowCode<Id extends string> extends Omit<DefinitionInput, "input" | "steps"> {
  /** What a start must bring: `inputs({ … })`, or the declarations themselves. */
  input?: DeclaredInput<InputFields> | InputFields;
  steps: Linked<StepInput, Id>[];
}

/** The plain definition: JSON that the editor, the API and `conductor validate` take. */
export interface DefinedWorkflow<Id extends string> extends Omit<DefinitionInput, "steps"> {
  steps: Linked<StepInput, Id>[];
}

/**
 * A workflow's definition, typed by the schema that the product checks it with. A `next`, `otherwise`, `body`, branch or
 * case that names no step of the same definition does not compile. Checks nothing when it runs: `conductor validate` does.
 */
export function defineWorkflow<Id extends string>(code: WorkflowCode<Id>): DefinedWorkflow<Id> {
  const { input, ...rest } = code;
  if (input === undefined) return rest;
  return { ...rest, input: typeof input === "function" ? input.fields : input };
}
