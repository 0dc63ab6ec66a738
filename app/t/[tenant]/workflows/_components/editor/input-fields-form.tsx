"use client";

import { Button, Checkbox } from "@mantine/core";
import { WordSelect } from "@/app/_shared/word-select";
import { INPUT_TYPES } from "@/server/workflows/domain/input-fault";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { TextField } from "./fields";
import { asType, InputFieldOptions } from "./input-field-options";
import { type Issue, messageAt } from "./issues";

type Fields = NonNullable<Draft["input"]>;
type Field = Fields[string];

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
          <div key={index} className={classes.fields}>
            <div className={classes.row}>
              <TextField
                label="Field"
                value={name}
                error={messageAt(issues, `input.${name}`)}
                onChange={(text) => replace(index, text, field)}
              />
              <WordSelect
                label="Type"
                words={INPUT_TYPES}
                value={field.type}
                onChange={(type) => replace(index, name, asType(field, type))}
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
            <InputFieldOptions
              path={`input.${name}`}
              field={field}
              issues={issues}
              onChange={(next) => replace(index, name, next)}
            />
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
