import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { RetriesField, TextField } from "./fields";
import { JsonArea } from "./json-area";

/** Which adapter a step calls, with what. */
export function AdapterFields({ step, error, onChange }: StepFieldsProps<"adapter">) {
  return (
    <>
      <p className={classes.hint}>
        Sends the input to a program of your own, signed, and takes its JSON answer as this step&apos;s output. An
        administrator registers it on the page Adapters, which says what it takes.
      </p>
      <TextField
        label="Adapter (its slug)"
        value={step.adapter}
        error={error("adapter")}
        onChange={(adapter) => onChange({ ...step, adapter }, "adapter")}
      />
      <JsonArea
        label="Input (JSON, by name)"
        rows={5}
        value={step.input}
        error={error("input")}
        onChange={(input) => onChange({ ...step, input: (input ?? {}) as Record<string, never> }, "input")}
      />
      <RetriesField
        value={step.retries}
        error={error("retries")}
        onChange={(retries) => onChange({ ...step, retries }, "retries")}
      />
    </>
  );
}
