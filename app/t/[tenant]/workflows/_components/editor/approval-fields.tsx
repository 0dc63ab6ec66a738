import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { TextArea, TextField } from "./fields";
import { StagesFields } from "./stages-fields";

/** What an approval asks, and of whom. */
export function ApprovalFields({ step, error, onChange }: StepFieldsProps<"approval">) {
  return (
    <>
      <p className={classes.hint}>
        The run waits here until people approve, stage after stage. Nobody approves what they wrote or started, and
        nobody twice. A rejection, and a stage that expires, fail the step.
      </p>
      <TextField
        label="What is asked (one line)"
        description="Such as: Pay order {{ input.order }}?"
        value={step.title}
        error={error("title")}
        onChange={(title) => onChange({ ...step, title }, "title")}
      />
      <TextArea
        label="What those who decide have to know"
        rows={4}
        value={step.details ?? ""}
        error={error("details")}
        onChange={(details) => onChange({ ...step, details: details === "" ? undefined : details }, "details")}
      />
      <StagesFields
        stages={step.stages}
        error={(field) => error(`stages.${field}`)}
        onChange={(stages, field) => onChange({ ...step, stages }, `stages.${field}`)}
      />
    </>
  );
}
