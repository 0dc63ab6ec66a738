"use client";

import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { Panel } from "@/app/_shared/page";
import { DATA_SENSITIVITIES, ENVIRONMENTS, IMPORTANCES, RISK_PROFILES } from "@/policies/access/vocabulary";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { InputFieldsForm } from "./input-fields-form";
import { type Issue, messageAt } from "./issues";

interface Props {
  draft: Draft;
  issues: readonly Issue[];
  onChange: (draft: Draft, touched: string) => void;
}

type Attributes = Draft["attributes"];

/** What the workflow is called, what policy looks at, and what a start must bring. */
export function PropertiesForm({ draft, issues, onChange }: Props) {
  const error = (path: string) => messageAt(issues, path);
  const choose = <K extends "environment" | "risk_profile" | "data_sensitivity">(
    label: string,
    name: K,
    words: readonly Attributes[K][],
  ) => (
    <NativeSelect
      label={label}
      data={[...words]}
      value={draft.attributes[name]}
      error={error(`attributes.${name}`)}
      onChange={(event) => {
        const word = words.find((each) => each === event.currentTarget.value);
        if (word !== undefined)
          onChange({ ...draft, attributes: { ...draft.attributes, [name]: word } }, `attributes.${name}`);
      }}
    />
  );
  const text = (label: string, name: "region" | "business_unit") => (
    <TextInput
      label={label}
      value={draft.attributes[name]}
      error={error(`attributes.${name}`)}
      onChange={(event) =>
        onChange(
          { ...draft, attributes: { ...draft.attributes, [name]: event.currentTarget.value } },
          `attributes.${name}`,
        )
      }
    />
  );
  return (
    <Panel title="Properties and input">
      <div className={classes.fields}>
        <TextInput
          label="Name of the workflow"
          value={draft.name}
          error={error("name")}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value }, "name")}
        />
        <Textarea
          label="Description"
          rows={3}
          value={draft.description ?? ""}
          error={error("description")}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value }, "description")}
        />
        <div className={classes.row}>
          {choose("Environment", "environment", ENVIRONMENTS)}
          {choose("Risk profile", "risk_profile", RISK_PROFILES)}
          {choose("Data sensitivity", "data_sensitivity", DATA_SENSITIVITIES)}
          {text("Region", "region")}
          {text("Business unit", "business_unit")}
          <NativeSelect
            label="Importance"
            data={[...IMPORTANCES]}
            value={draft.importance ?? "normal"}
            error={error("importance")}
            onChange={(event) => {
              const importance = IMPORTANCES.find((each) => each === event.currentTarget.value);
              if (importance !== undefined) onChange({ ...draft, importance }, "importance");
            }}
          />
        </div>
        <InputFieldsForm
          fields={draft.input ?? {}}
          issues={issues}
          onChange={(input) => onChange({ ...draft, input }, "input")}
        />
      </div>
    </Panel>
  );
}
