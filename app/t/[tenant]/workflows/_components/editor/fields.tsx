"use client";

import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";

interface Field<Value> {
  label: string;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
}

const MONO = { input: { fontFamily: "var(--mono)" } };

interface TextProps extends Field<string> {
  description?: string;
  /** True for what a machine reads: an expression, headers, a body. */
  isCode?: boolean;
}

/** One line of text. */
export function TextField({ isCode = false, onChange, ...rest }: TextProps) {
  return (
    <TextInput
      {...rest}
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...(isCode ? { styles: MONO } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Several lines of text. */
export function TextArea({ isCode = false, onChange, ...rest }: TextProps & { rows: number }) {
  return (
    <Textarea
      {...rest}
      {...(isCode ? { styles: MONO } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A whole number; its label says the unit. */
export function NumberField({ onChange, ...rest }: Field<number> & { min: number; max?: number }) {
  return <NumberInput {...rest} onChange={(value) => onChange(Number(value))} />;
}

/** How often a step that reaches out may try again; what the definition leaves out stands for three times. */
export function RetriesField({
  value = 3,
  ...rest
}: Omit<Field<number>, "label" | "value"> & { value: number | undefined }) {
  return <NumberField label="Further attempts after a failure" min={0} max={10} value={value} {...rest} />;
}

/** A step that another one may name. */
export interface StepChoice {
  id: string;
  name?: string | undefined;
}

interface StepProps extends Field<string> {
  others: readonly StepChoice[];
  /** What it means that none is chosen, which is the empty text. */
  none: string;
}

/** A choice among the other steps, or none of them. */
export function StepSelect({ others, none, onChange, ...rest }: StepProps) {
  return (
    <NativeSelect
      {...rest}
      data={[
        { value: "", label: none },
        ...others.map(({ id, name }) => ({ value: id, label: name === undefined ? id : `${name} (${id})` })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
