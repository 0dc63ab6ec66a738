"use client";

import { Button } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Panel } from "@/app/_shared/page";
import { WordSelect } from "@/app/_shared/word-select";
import { addStep, type Draft, type DraftStepType, moveStep, removeStep, STEP_TYPES } from "./draft";
import classes from "./editor.module.css";

interface Props {
  draft: Draft;
  selected: string | null;
  faulty: ReadonlySet<string>;
  onSelect: (id: string | null) => void;
  /** The draft after an edit, and the step to look at next. */
  onChange: (draft: Draft, focus?: string | null) => void;
}

/** The steps in order: chosen, added, moved (Alt with an arrow) and removed (Delete). */
export function StepList({ draft, selected, faulty, onSelect, onChange }: Props) {
  const [type, setType] = useState<DraftStepType>("http");
  const add = () => {
    const added = addStep(draft, type, selected);
    onChange(added.draft, added.id);
  };
  const press = (event: KeyboardEvent, id: string) => {
    if (event.key === "Delete") onChange(removeStep(draft, id), null);
    else if (event.altKey && event.key === "ArrowUp") onChange(moveStep(draft, id, -1));
    else if (event.altKey && event.key === "ArrowDown") onChange(moveStep(draft, id, 1));
    else return;
    event.preventDefault();
  };
  return (
    <Panel title="Steps" isFlush>
      <ol className={classes.steps} aria-label="Steps">
        <li>
          <button
            type="button"
            className={classes.item}
            aria-current={selected === null ? "true" : undefined}
            onClick={() => onSelect(null)}
          >
            Properties and input
          </button>
        </li>
        {draft.steps.map(({ id, name, type: kind }, index) => (
          <li key={index}>
            <button
              type="button"
              className={classes.item}
              data-faulty={faulty.has(id) || undefined}
              aria-current={selected === id ? "true" : undefined}
              onClick={() => onSelect(id)}
              onKeyDown={(event) => press(event, id)}
            >
              <span>{name ?? id}</span>
              <span className={classes.kind}>
                {kind}
                {faulty.has(id) ? ", has a problem" : ""}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className={classes.add}>
        <WordSelect size="xs" aria-label="Type of the new step" words={STEP_TYPES} value={type} onChange={setType} />
        <Button variant="default" onClick={add}>
          Add step
        </Button>
        {selected === null ? null : (
          <Button variant="subtle" color="red" onClick={() => onChange(removeStep(draft, selected), null)}>
            Remove step
          </Button>
        )}
      </div>
    </Panel>
  );
}
