import type { Json } from "@/server/kernel/json";
import { type InputField, inputFault } from "@/server/workflows/domain/input-fault";

/** What a workflow declares a start must bring, by name. */
export type InputFields = Readonly<Record<string, InputField>>;

/** What was entered, by name: text for all but flags. */
export type Entered = Readonly<Record<string, string | boolean>>;

function asEntered({ type }: InputField, value: Json | undefined): string | boolean {
  if (type === "boolean") return value === true;
  if (value === undefined) return "";
  return typeof value === "string" && type !== "json" ? value : JSON.stringify(value, null, 2);
}

/** A form that holds these values, and of the rest the declared defaults. */
export const enteredOf = (fields: InputFields, values: Readonly<Record<string, Json>>): Entered =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      asEntered(field, Object.hasOwn(values, name) ? values[name] : field.default),
    ]),
  );

/** Nothing entered yet but what is declared as the default. */
export const blankInput = (fields: InputFields): Entered => enteredOf(fields, {});

/** A text as the value that it stands for, or why it stands for none. */
function valueIn(field: InputField, text: string): { value: Json } | { fault: string } {
  if (field.type === "number") {
    const number = Number(text);
    return Number.isFinite(number) ? { value: number } : { fault: "must be a number" };
  }
  if (field.type !== "json") return { value: text };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { fault: `is not JSON: ${(error as Error).message}` };
  }
}

/** What is sent: optional fields left empty are left out, and numbers are numbers. What does not fit is named. */
export function readInput(
  fields: InputFields,
  entered: Entered,
): { input: Record<string, Json>; faults: Record<string, string> } {
  const input: Record<string, Json> = {};
  const faults: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = entered[name] ?? "";
    if (given === "") {
      if (field.required && field.default === undefined) faults[name] = `is required (${field.type})`;
      continue;
    }
    const read = typeof given === "boolean" ? { value: given } : valueIn(field, given);
    const fault = "fault" in read ? read.fault : inputFault(field, read.value);
    if (fault !== null) faults[name] = fault;
    else if ("value" in read) input[name] = read.value;
  }
  return { input, faults };
}
