import type { Json } from "@/server/kernel/json";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import { inputFault } from "@/server/workflows/domain/input-fault";

export interface InputIssue {
  path: string;
  message: string;
}

type Given = Readonly<Record<string, Json>>;

/** What is wrong with the input of a start, by field; empty when the workflow's declared input is met. */
export function checkRunInput(declared: WorkflowDefinition["input"], given: Given): InputIssue[] {
  const unknown = Object.keys(given)
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => ({ path: `input.${name}`, message: `the workflow declares no input ${name}` }));
  const declaredIssues = Object.entries(declared).flatMap(([name, field]) => {
    const value = Object.hasOwn(given, name) ? given[name] : field.default;
    if (value === undefined)
      return field.required ? [{ path: `input.${name}`, message: `is required (${field.type})` }] : [];
    const fault = inputFault(field, value);
    return fault === null ? [] : [{ path: `input.${name}`, message: fault }];
  });
  return [...unknown, ...declaredIssues];
}

/** An input with the declared defaults of what it does not bring. */
export function withDefaults(declared: WorkflowDefinition["input"], given: Given): Record<string, Json> {
  const missing = Object.entries(declared).flatMap(([name, field]) =>
    field.default === undefined || Object.hasOwn(given, name) ? [] : [[name, field.default] as const],
  );
  return { ...given, ...Object.fromEntries(missing) };
}
