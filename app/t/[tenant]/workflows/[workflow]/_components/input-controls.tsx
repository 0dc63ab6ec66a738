"use client";

import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import type { InputField } from "@/server/workflows/domain/input-fault";
import type { InputFields } from "./run-input";

interface Props {
  fields: InputFields;
  field: (name: string, options?: { type: "checkbox" }) => GetInputPropsReturnType;
}

const TEXT_TYPES = { date: "date", email: "email", uri: "url", "date-time": "text" } as const;

/** What a value must be, besides what its description says. */
function bounds({ type, min, max, max_length: most, format }: InputField): string | null {
  if (type === "json") return "JSON";
  if (type === "number" && (min !== undefined || max !== undefined))
    return min === undefined ? `At most ${max}` : max === undefined ? `At least ${min}` : `${min} to ${max}`;
  if (format === "date-time") return "A moment with its offset, such as 2026-05-31T09:00:00Z";
  return most === undefined ? null : `At most ${most} characters`;
}

function Control({ name, declared, field }: { name: string; declared: InputField; field: Props["field"] }) {
  const { type, required, enum: words, format } = declared;
  const description = [declared.description, bounds(declared)].filter((text) => text != null).join(" · ");
  const said = { label: name, ...(description === "" ? {} : { description }) };
  if (type === "boolean") return <Checkbox {...said} {...field(name, { type: "checkbox" })} />;
  const asked = { ...said, required: required && declared.default === undefined, ...field(name) };
  if (type === "json") return <Textarea {...asked} rows={5} styles={{ input: { fontFamily: "var(--mono)" } }} />;
  if (words !== undefined)
    return <NativeSelect {...asked} data={[{ value: "", label: required ? "Choose" : "None" }, ...words]} />;
  return (
    <TextInput
      {...asked}
      type={format === undefined ? "text" : TEXT_TYPES[format]}
      inputMode={type === "number" ? "decimal" : undefined}
      maxLength={declared.max_length}
    />
  );
}

/** A control for each value that a start of the workflow brings, as it is declared. */
export function InputControls({ fields, field }: Props) {
  if (Object.keys(fields).length === 0) return <p>This workflow asks for no input.</p>;
  return Object.entries(fields).map(([name, declared]) => (
    <Control key={name} name={name} declared={declared} field={field} />
  ));
}
