"use client";

import { Panel } from "@/app/_shared/page";
import { useRegions } from "@/app/_shared/regions";
import { WordSelect } from "@/app/_shared/word-select";
import { DATA_SENSITIVITIES, ENVIRONMENTS, IMPORTANCES, RISK_PROFILES } from "@/policies/access/vocabulary";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { TextArea, TextField } from "./fields";
import { InputFieldsForm } from "./input-fields-form";
import { type Issue, messageAt } from "./issues";
import { StartApprovalFields } from "./start-approval-fields";

interface Props {
  draft: Draft;
  issues: readonly Issue[];
  onChange: (draft: Draft, touched: string) => void;
}

type Attributes = Draft["attributes"];

/** What the workflow is called, what policy looks at, and what a start must bring. */
export function PropertiesForm({ draft, issues, onChange }: Props) {
  const regions = useRegions(draft.attributes.region);
  const error = (path: string) => messageAt(issues, path);
  const attribute = <K extends keyof Attributes>(name: K) => ({
    value: draft.attributes[name],
    error: error(`attributes.${name}`),
    onChange: (value: Attributes[K]) =>
      onChange({ ...draft, attributes: { ...draft.attributes, [name]: value } }, `attributes.${name}`),
  });
  return (
    <Panel title="Properties and input">
      <div className={classes.fields}>
        <TextField
          label="Name of the workflow"
          value={draft.name}
          error={error("name")}
          onChange={(name) => onChange({ ...draft, name }, "name")}
        />
        <TextArea
          label="Description"
          rows={3}
          value={draft.description ?? ""}
          error={error("description")}
          onChange={(description) => onChange({ ...draft, description }, "description")}
        />
        <div className={classes.row}>
          <WordSelect label="Environment" words={ENVIRONMENTS} {...attribute("environment")} />
          <WordSelect label="Risk profile" words={RISK_PROFILES} {...attribute("risk_profile")} />
          <WordSelect label="Data sensitivity" words={DATA_SENSITIVITIES} {...attribute("data_sensitivity")} />
          <WordSelect label="Region" words={regions} {...attribute("region")} />
          <TextField label="Business unit" {...attribute("business_unit")} />
          <WordSelect
            label="Importance"
            words={IMPORTANCES}
            value={draft.importance ?? "normal"}
            error={error("importance")}
            onChange={(importance) => onChange({ ...draft, importance }, "importance")}
          />
          <WordSelect
            label="Class of its runs"
            words={EXECUTION_CLASSES}
            value={draft.execution_class ?? "standard"}
            error={error("execution_class")}
            onChange={(execution_class) => onChange({ ...draft, execution_class }, "execution_class")}
          />
        </div>
        <StartApprovalFields draft={draft} issues={issues} onChange={onChange} />
        <InputFieldsForm
          fields={draft.input ?? {}}
          issues={issues}
          onChange={(input) => onChange({ ...draft, input }, "input")}
        />
      </div>
    </Panel>
  );
}
