"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { DraftStep } from "./draft";
import classes from "./editor.module.css";

type BranchStep = Extract<DraftStep, { type: "branch" }>;
type Case = BranchStep["cases"][number];

interface Props {
  step: BranchStep;
  others: readonly string[];
  error: (field: string) => string | undefined;
  onChange: (step: BranchStep, field: string) => void;
}

/** The cases of a branch, in the order in which they are tried. */
export function BranchFields({ step, others, error, onChange }: Props) {
  const setCase = (index: number, change: Partial<Case>, field: string) => {
    const cases = step.cases.map((each, at) => (at === index ? { ...each, ...change } : each));
    onChange({ ...step, cases }, `cases.${index}.${field}`);
  };
  return (
    <>
      {step.cases.map(({ when, next }, index) => (
        <div key={index} className={classes.case}>
          <TextInput
            label={`Case ${index + 1}: when (CEL over input and steps)`}
            value={when}
            error={error(`cases.${index}.when`)}
            styles={{ input: { fontFamily: "var(--mono)" } }}
            onChange={(event) => setCase(index, { when: event.currentTarget.value }, "when")}
          />
          <NativeSelect
            label="leads to"
            data={[{ value: "", label: "choose a step" }, ...others]}
            value={next}
            error={error(`cases.${index}.next`)}
            onChange={(event) => setCase(index, { next: event.currentTarget.value }, "next")}
          />
          <Button
            variant="subtle"
            color="red"
            disabled={step.cases.length === 1}
            aria-label={`Remove case ${index + 1}`}
            onClick={() => onChange({ ...step, cases: step.cases.filter((_, at) => at !== index) }, "cases")}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          onClick={() => onChange({ ...step, cases: [...step.cases, { when: "true", next: "" }] }, "cases")}
        >
          Add case
        </Button>
      </div>
      <NativeSelect
        label="Otherwise"
        data={[{ value: "", label: "the run ends here" }, ...others]}
        value={step.otherwise ?? ""}
        error={error("otherwise")}
        onChange={(event) => {
          const otherwise = event.currentTarget.value;
          onChange({ ...step, otherwise: otherwise === "" ? undefined : otherwise }, "otherwise");
        }}
      />
    </>
  );
}
