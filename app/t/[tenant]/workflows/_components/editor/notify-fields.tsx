import type { StepFieldsProps } from "./draft";
import { TextArea, TextField } from "./fields";

/** Whom a notify step tells what. */
export function NotifyFields({ step, error, onChange }: StepFieldsProps<"notify">) {
  return (
    <>
      <TextField
        label="To (e-mail address)"
        value={step.to}
        error={error("to")}
        onChange={(to) => onChange({ ...step, to }, "to")}
      />
      <TextField
        label="Subject"
        value={step.subject}
        error={error("subject")}
        onChange={(subject) => onChange({ ...step, subject }, "subject")}
      />
      <TextArea
        label="Text"
        rows={5}
        value={step.text}
        error={error("text")}
        onChange={(text) => onChange({ ...step, text }, "text")}
      />
    </>
  );
}
