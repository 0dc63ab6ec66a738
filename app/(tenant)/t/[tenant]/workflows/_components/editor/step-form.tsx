"use client";

import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { Panel } from "@/app/_shared/page";
import { BranchFields } from "./branch-fields";
import { type Draft, type DraftStep, replaceStep } from "./draft";
import classes from "./editor.module.css";
import { HttpFields } from "./http-fields";
import { type Issue, messageAt } from "./issues";

interface Props {
  draft: Draft;
  step: DraftStep;
  index: number;
  issues: readonly Issue[];
  /** The draft after an edit, the step's id by then, and the place that was touched. */
  onChange: (draft: Draft, id: string, touched: string) => void;
}

/** The form of one step: what every step has, then what its type asks for. */
export function StepForm({ draft, step, index, issues, onChange }: Props) {
  const at = `steps.${index}`;
  const error = (field: string) => messageAt(issues, `${at}.${field}`);
  const set = (next: DraftStep, field: string) =>
    onChange(replaceStep(draft, step.id, next), next.id, `${at}.${field}`);
  const others = draft.steps.filter(({ id }) => id !== step.id).map(({ id }) => id);
  return (
    <Panel title={`Step ${index + 1}: ${step.type}`}>
      <div className={classes.fields}>
        <div className={classes.row}>
          <TextInput
            label="Id"
            value={step.id}
            error={error("id")}
            onChange={(event) => set({ ...step, id: event.currentTarget.value }, "id")}
          />
          <TextInput
            label="Name"
            value={step.name ?? ""}
            error={error("name")}
            onChange={(event) => {
              const name = event.currentTarget.value;
              set({ ...step, name: name === "" ? undefined : name }, "name");
            }}
          />
        </div>
        {step.type === "http" ? <HttpFields step={step} error={error} onChange={set} /> : null}
        {step.type === "transform" ? (
          <Textarea
            label="Expression (JSONata over input and steps)"
            rows={6}
            value={step.expression}
            error={error("expression")}
            styles={{ input: { fontFamily: "var(--mono)" } }}
            onChange={(event) => set({ ...step, expression: event.currentTarget.value }, "expression")}
          />
        ) : null}
        {step.type === "wait" ? (
          <NumberInput
            label="Wait (seconds)"
            min={1}
            value={step.seconds}
            error={error("seconds")}
            onChange={(value) => set({ ...step, seconds: Number(value) }, "seconds")}
          />
        ) : null}
        {step.type === "branch" ? <BranchFields step={step} others={others} error={error} onChange={set} /> : null}
        {step.type === "notify" ? (
          <>
            <TextInput
              label="To (e-mail address)"
              value={step.to}
              error={error("to")}
              onChange={(event) => set({ ...step, to: event.currentTarget.value }, "to")}
            />
            <TextInput
              label="Subject"
              value={step.subject}
              error={error("subject")}
              onChange={(event) => set({ ...step, subject: event.currentTarget.value }, "subject")}
            />
            <Textarea
              label="Text"
              rows={5}
              value={step.text}
              error={error("text")}
              onChange={(event) => set({ ...step, text: event.currentTarget.value }, "text")}
            />
          </>
        ) : null}
        {step.type === "branch" ? null : (
          <NativeSelect
            label="Next step"
            data={[{ value: "", label: "the run ends here" }, ...others]}
            value={step.next ?? ""}
            error={error("next")}
            onChange={(event) => {
              const next = event.currentTarget.value;
              set({ ...step, next: next === "" ? undefined : next }, "next");
            }}
          />
        )}
      </div>
    </Panel>
  );
}
