import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { TextField } from "./fields";
import { JsonArea } from "./json-area";

/** Which workflow a step calls, with what. */
export function CallFields({ step, error, onChange }: StepFieldsProps<"workflow">) {
  return (
    <>
      <p className={classes.hint}>
        Runs the published version of another workflow and waits for its end; its output becomes this step&apos;s. It
        must run in the same environment and region, at no more risk and with no more sensitive data.
      </p>
      <TextField
        label="Workflow (its slug)"
        value={step.workflow}
        error={error("workflow")}
        onChange={(workflow) => onChange({ ...step, workflow }, "workflow")}
      />
      <JsonArea
        label="Input (JSON, by name)"
        rows={5}
        value={step.input}
        error={error("input")}
        onChange={(input) => onChange({ ...step, input: (input ?? {}) as Record<string, never> }, "input")}
      />
    </>
  );
}
