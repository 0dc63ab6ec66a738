/** What a workflow declares a start must bring, by name. */
export type InputFields = Readonly<
  Record<string, { type: "string" | "number" | "boolean"; description?: string | undefined; required: boolean }>
>;

/** What was entered, by name: text for texts and numbers, a flag for flags. */
export type Entered = Readonly<Record<string, string | boolean>>;

/** Nothing entered yet. */
export function blankInput(fields: InputFields): Entered {
  return Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type === "boolean" ? false : ""]));
}

/** What is sent: optional fields left empty are left out, and numbers are numbers. What is no number is named. */
export function readInput(
  fields: InputFields,
  entered: Entered,
): { input: Record<string, string | number | boolean>; faults: Record<string, string> } {
  const input: Record<string, string | number | boolean> = {};
  const faults: Record<string, string> = {};
  for (const [name, { type, required }] of Object.entries(fields)) {
    const value = entered[name] ?? "";
    if (typeof value === "boolean") input[name] = value;
    else if (value === "") {
      if (required) faults[name] = `is required (${type})`;
    } else if (type === "number") {
      const number = Number(value);
      if (Number.isFinite(number)) input[name] = number;
      else faults[name] = "must be a number";
    } else input[name] = value;
  }
  return { input, faults };
}
