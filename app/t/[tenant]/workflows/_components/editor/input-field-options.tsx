"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import { INPUT_FORMATS } from "@/server/workflows/domain/input-fault";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { TextArea, TextField } from "./fields";
import { type Issue, messageAt } from "./issues";

export type DraftField = NonNullable<Draft["input"]>[string];
type Option = "description" | "enum" | "format" | "max_length" | "min" | "max" | "default";

interface Props {
  /** Where the check speaks of this field, such as `input.order`. */
  path: string;
  field: DraftField;
  issues: readonly Issue[];
  onChange: (field: DraftField) => void;
}

/** The same field as another type: what can only be said of the type before is dropped. */
export const asType = ({ description, required }: DraftField, type: DraftField["type"]): DraftField => ({
  type,
  ...(required === undefined ? {} : { required }),
  ...(description === undefined ? {} : { description }),
});

const textOr = (text: string) => (text === "" ? undefined : text);

/** What else is asked of one value that a start brings: choices, format, bounds, and what stands in for it. */
export function InputFieldOptions({ path, field, issues, onChange }: Props) {
  const error = (name: Option) => messageAt(issues, `${path}.${name}`);
  const say = <Name extends Option>(name: Name, value: DraftField[Name]) => onChange({ ...field, [name]: value });
  const number = (name: "max_length" | "min" | "max" | "default", label: string) => (
    <NumberInput
      label={label}
      value={typeof field[name] === "number" ? field[name] : ""}
      error={error(name)}
      onChange={(value) => say(name, value === "" ? undefined : Number(value))}
    />
  );
  return (
    <details>
      <summary>More about it</summary>
      <div className={classes.fields} style={{ paddingTop: 8 }}>
        <TextField
          label="Description"
          value={field.description ?? ""}
          error={error("description")}
          onChange={(text) => say("description", textOr(text))}
        />
        {field.type === "string" ? (
          <>
            <TextArea
              label="Choices, one a line"
              rows={2}
              value={(field.enum ?? []).join("\n")}
              error={error("enum")}
              onChange={(text) => say("enum", text === "" ? undefined : text.split("\n"))}
            />
            <div className={classes.row}>
              <NativeSelect
                label="Format"
                data={[{ value: "", label: "any text" }, ...INPUT_FORMATS]}
                value={field.format ?? ""}
                error={error("format")}
                onChange={(event) => {
                  const word = event.currentTarget.value;
                  say(
                    "format",
                    INPUT_FORMATS.find((format) => format === word),
                  );
                }}
              />
              {number("max_length", "Characters at most")}
              <TextField
                label="Default"
                value={typeof field.default === "string" ? field.default : ""}
                error={error("default")}
                onChange={(text) => say("default", textOr(text))}
              />
            </div>
          </>
        ) : null}
        {field.type === "number" ? (
          <div className={classes.row}>
            {number("min", "At least")}
            {number("max", "At most")}
            {number("default", "Default")}
          </div>
        ) : null}
        {field.type === "boolean" ? (
          <NativeSelect
            label="Default"
            data={[
              { value: "", label: "none" },
              { value: "true", label: "yes" },
              { value: "false", label: "no" },
            ]}
            value={typeof field.default === "boolean" ? String(field.default) : ""}
            error={error("default")}
            onChange={({ currentTarget: { value } }) => say("default", value === "" ? undefined : value === "true")}
          />
        ) : null}
      </div>
    </details>
  );
}
