import { WordSelect } from "@/app/_shared/word-select";
import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { NumberField, TextField } from "./fields";
import { JsonArea } from "./json-area";

/** How long an event is waited for where the step does not say, in seconds. */
const TIMEOUT_SECONDS = 86_400;

/** Which event a step waits for, which of them, and how long. */
export function EventWaitFields({ step, error, onChange }: StepFieldsProps<"wait">) {
  return (
    <>
      <p className={classes.hint}>
        The data of the event becomes this step&apos;s output. An event that came before the step began does not count.
      </p>
      <TextField
        label="Event"
        description="The name that programs send it by, such as order.paid."
        value={step.event ?? ""}
        error={error("event")}
        isCode
        onChange={(event) => onChange({ ...step, event }, "event")}
      />
      <JsonArea
        label='Fields of its data that must match (JSON), such as { "order": "{{ input.order }}" }'
        rows={3}
        value={step.match}
        error={error("match")}
        onChange={(match) => onChange({ ...step, match: match as typeof step.match }, "match")}
      />
      <TextField
        label="And only when (CEL over event)"
        description="Such as event.data.total > 100; empty: any."
        value={step.when ?? ""}
        error={error("when")}
        isCode
        onChange={(when) => onChange({ ...step, when: when === "" ? undefined : when }, "when")}
      />
      <div className={classes.row}>
        <NumberField
          label="Longest wait (seconds)"
          min={1}
          value={step.timeout_seconds ?? TIMEOUT_SECONDS}
          error={error("timeout_seconds")}
          onChange={(seconds) => onChange({ ...step, timeout_seconds: seconds }, "timeout_seconds")}
        />
        <WordSelect
          label="When none has come by then"
          words={["fail", "continue"]}
          value={step.on_timeout ?? "fail"}
          error={error("on_timeout")}
          onChange={(on_timeout) => onChange({ ...step, on_timeout }, "on_timeout")}
        />
      </div>
    </>
  );
}
