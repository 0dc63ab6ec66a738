"use client";

import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { type Issue, messageAt } from "./issues";

type Fields = NonNullable<Draft["input"]>;
type Field = Fields[string];
const TYPES = ["string", "number", "boolean"] as const;

interface Props {
  fields: Fields;
  issues: readonly Issue[];
  onChange: (fields: Fields) => void;
}

function freeName(fields: Fields): string {
  for (let number = 1; ; number += 1) if (!Object.hasOwn(fields, `field_${number}`)) return `field_${number}`;
}

/** What a start must bring, by name. A name that another field has is not taken. */
export function InputFieldsForm({ fields, issues, onChange }: Props) {
  const entries = Object.entries(fields);
  const replace = (index: number, name: string, field: Field) => {
    if (entries.some(([other], at) => at !== index && other === name)) return;
    onChange(Object.fromEntries(entries.with(index, [name, field])));
  };
  return (
    <fieldset style={{ margin: 0, padding: 12, border: "1px solid var(--line)", borderRadius: "var(--radius)" }}>
      <legend>What a start must bring</legend>
      <div className={classes.fields}>
        {entries.map(([name, field], index) => (
          <div key={index} className={classes.row}>
            <TextInput
              label="Field"
              value={name}
              error={messageAt(issues, `input.${name}`)}
              onChange={(event) => replace(index, event.currentTarget.value, field)}
            />
            <NativeSelect
              label="Type"
              data={[...TYPES]}
              value={field.type}
              onChange={(event) => {
                const type = TYPES.find((word) => word === event.currentTarget.value);
                if (type !== undefined) replace(index, name, { ...field, type });
              }}
            />
            <Checkbox
              label="Required"
              checked={field.required ?? true}
              onChange={(event) => replace(index, name, { ...field, required: event.currentTarget.checked })}
            />
            <Button
              variant="subtle"
              color="red"
              aria-label={`Remove the field ${name}`}
              onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== index)))}
            >
              Remove
            </Button>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            onClick={() => onChange({ ...fields, [freeName(fields)]: { type: "string", required: true } })}
          >
            Add field
          </Button>
        </div>
      </div>
    </fieldset>
  );
}
