import type { Json } from "@/server/kernel/json";
import { type InputField, inputFault } from "@/server/workflows/domain/input-fault";

export interface InputIssue {
  path: string;
  message: string;
}

type Declared = Readonly<Record<string, InputField>>;
type Given = Readonly<Record<string, Json>>;

/** What is wrong with an input, by field; empty when what is declared is met. `by`: what declares it. */
export function checkRunInput(declared: Declared, given: Given, by: "workflow" | "adapter" = "workflow"): InputIssue[] {
  const unknown = Object.keys(given)
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => ({ path: `input.${name}`, message: `the ${by} declares no input ${name}` }));
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
export function withDefaults(declared: Declared, given: Given): Record<string, Json> {
  const missing = Object.entries(declared).flatMap(([name, field]) =>
    field.default === undefined || Object.hasOwn(given, name) ? [] : [[name, field.default] as const],
  );
  return { ...given, ...Object.fromEntries(missing) };
}
