"use client";

import { Button } from "@mantine/core";
import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { type StepChoice, StepSelect } from "./fields";

interface Props extends StepFieldsProps<"parallel"> {
  others: readonly StepChoice[];
}

/** The first step of each branch that a parallel step takes at once. */
export function ParallelFields({ step, others, error, onChange }: Props) {
  const { branches } = step;
  const set = (changed: string[], nth: number) => onChange({ ...step, branches: changed }, `branches.${nth}`);
  return (
    <>
      <p className={classes.hint}>
        All branches go on at once. A branch ends with a step that leads to nothing; what follows all of them is the
        next step of this one, which reads <code>steps.{step.id}.output</code>.
      </p>
      {branches.map((first, nth) => (
        <div key={nth} className={classes.case}>
          <StepSelect
            label={`Branch ${nth + 1} begins with`}
            none="choose a step"
            others={others}
            value={first}
            error={error(`branches.${nth}`)}
            onChange={(id) => set(branches.with(nth, id), nth)}
          />
          <Button
            variant="subtle"
            color="red"
            disabled={branches.length <= 2}
            aria-label={`Remove branch ${nth + 1}`}
            onClick={() => set(branches.toSpliced(nth, 1), nth)}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => set([...branches, ""], branches.length)}>
          Add branch
        </Button>
      </div>
    </>
  );
}
