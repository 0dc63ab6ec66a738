import type { WorkflowDefinition } from "@/server/workflows/domain/definition";

export interface InputIssue {
  path: string;
  message: string;
}

/** What is wrong with the input of a start, by field; empty when the workflow's declared input is met. */
export function checkRunInput(
  declared: WorkflowDefinition["input"],
  given: Readonly<Record<string, string | number | boolean>>,
): InputIssue[] {
  const unknown = Object.keys(given)
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => ({ path: `input.${name}`, message: `the workflow declares no input ${name}` }));
  const declaredIssues = Object.entries(declared).flatMap(([name, field]) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined)
      return field.required ? [{ path: `input.${name}`, message: `is required (${field.type})` }] : [];
    return typeof value === field.type ? [] : [{ path: `input.${name}`, message: `must be a ${field.type}` }];
  });
  return [...unknown, ...declaredIssues];
}
