import { NativeSelect } from "@mantine/core";
import type { StepFieldsProps } from "./draft";
import { NumberField, TextField } from "./fields";

const WAYS = [
  { value: "seconds", label: "For a time" },
  { value: "until", label: "Until a moment" },
];

/** How long a wait step waits, or until when. */
export function WaitFields({ step, error, onChange }: StepFieldsProps<"wait">) {
  const { seconds, until, ...rest } = step;
  return (
    <>
      <NativeSelect
        label="How to wait"
        data={WAYS}
        value={until === undefined ? "seconds" : "until"}
        onChange={({ currentTarget: { value } }) =>
          onChange(value === "until" ? { ...rest, until: "" } : { ...rest, seconds: 60 }, value)
        }
      />
      {until === undefined ? (
        <NumberField
          label="Wait (seconds)"
          min={1}
          value={seconds ?? 0}
          error={error("seconds")}
          onChange={(value) => onChange({ ...step, seconds: value }, "seconds")}
        />
      ) : (
        <TextField
          label="Moment (ISO 8601 with its zone)"
          description="Such as 2027-01-31T09:00:00Z or {{ input.deliver_at }}. One that has passed is not waited for."
          value={until}
          error={error("until")}
          isCode
          onChange={(text) => onChange({ ...step, until: text }, "until")}
        />
      )}
    </>
  );
}
