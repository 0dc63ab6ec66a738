"use client";

import { Button } from "@mantine/core";
import type { DraftStep } from "./draft";
import classes from "./editor.module.css";
import { type StepChoice, StepSelect, TextField } from "./fields";

type BranchStep = Extract<DraftStep, { type: "branch" }>;
type Case = BranchStep["cases"][number];

interface Props {
  step: BranchStep;
  others: readonly StepChoice[];
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
      <p className={classes.hint}>
        The first case that holds is taken. A case is a CEL expression over <code>input</code> and <code>steps</code>.
      </p>
      {step.cases.map(({ when, next }, index) => (
        <div key={index} className={classes.case}>
          <TextField
            label={`Case ${index + 1}: when`}
            value={when}
            error={error(`cases.${index}.when`)}
            isCode
            onChange={(text) => setCase(index, { when: text }, "when")}
          />
          <StepSelect
            label="leads to"
            none="choose a step"
            others={others}
            value={next}
            error={error(`cases.${index}.next`)}
            onChange={(id) => setCase(index, { next: id }, "next")}
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
      <StepSelect
        label="Otherwise"
        none="the run ends here"
        others={others}
        value={step.otherwise ?? ""}
        error={error("otherwise")}
        onChange={(id) => onChange({ ...step, otherwise: id === "" ? undefined : id }, "otherwise")}
      />
    </>
  );
}
