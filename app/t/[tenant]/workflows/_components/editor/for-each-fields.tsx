import { WordSelect } from "@/app/_shared/word-select";
import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { NumberField, type StepChoice, StepSelect, TextArea } from "./fields";

interface Props extends StepFieldsProps<"for-each"> {
  others: readonly StepChoice[];
}

const ON_ERROR = ["fail", "continue"] as const;

/** What a for-each goes over, and what it does for each item. */
export function ForEachFields({ step, others, error, onChange }: Props) {
  return (
    <>
      <p className={classes.hint}>
        Its steps read <code>item</code> and <code>index</code>, from 0. What follows reads the list of results as{" "}
        <code>steps.{step.id}.output</code>.
      </p>
      <TextArea
        label="Items (JSONata that gives a list)"
        rows={2}
        value={step.items}
        error={error("items")}
        isCode
        onChange={(items) => onChange({ ...step, items }, "items")}
      />
      <StepSelect
        label="For each item, begin with"
        none="choose a step"
        others={others}
        value={step.body}
        error={error("body")}
        onChange={(body) => onChange({ ...step, body }, "body")}
      />
      <div className={classes.row}>
        <NumberField
          label="Items at once"
          min={1}
          max={50}
          value={step.at_once ?? 10}
          error={error("at_once")}
          onChange={(at_once) => onChange({ ...step, at_once }, "at_once")}
        />
        <NumberField
          label="Most items"
          min={1}
          max={1_000}
          value={step.max_items ?? 1_000}
          error={error("max_items")}
          onChange={(max_items) => onChange({ ...step, max_items }, "max_items")}
        />
        <WordSelect
          label="When an item fails"
          words={ON_ERROR}
          value={step.on_error ?? "fail"}
          onChange={(on_error) => onChange({ ...step, on_error }, "on_error")}
        />
      </div>
    </>
  );
}
