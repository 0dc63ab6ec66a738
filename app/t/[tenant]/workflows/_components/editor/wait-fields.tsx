import { NativeSelect } from "@mantine/core";
import type { StepFieldsProps } from "./draft";
import { EventWaitFields } from "./event-wait-fields";
import { NumberField, TextField } from "./fields";

const WAYS = [
  { value: "seconds", label: "For a time" },
  { value: "until", label: "Until a moment" },
  { value: "event", label: "For an event" },
];

/** What each way of waiting begins with. */
const BEGINNINGS = { seconds: { seconds: 60 }, until: { until: "" }, event: { event: "" } } as const;
type Way = keyof typeof BEGINNINGS;

/** How long a wait step waits, until when, or for which event. */
export function WaitFields({ step, error, onChange }: StepFieldsProps<"wait">) {
  const { id, type, name, next } = step;
  const way: Way = step.event !== undefined ? "event" : step.until !== undefined ? "until" : "seconds";
  return (
    <>
      <NativeSelect
        label="How to wait"
        data={WAYS}
        value={way}
        onChange={({ currentTarget: { value } }) =>
          onChange({ id, type, name, next, ...BEGINNINGS[value as Way] }, value)
        }
      />
      {way === "event" ? <EventWaitFields step={step} error={error} onChange={onChange} /> : null}
      {way === "seconds" ? (
        <NumberField
          label="Wait (seconds)"
          min={1}
          value={step.seconds ?? 0}
          error={error("seconds")}
          onChange={(value) => onChange({ ...step, seconds: value }, "seconds")}
        />
      ) : null}
      {way === "until" ? (
        <TextField
          label="Moment (ISO 8601 with its zone)"
          description="Such as 2027-01-31T09:00:00Z or {{ input.deliver_at }}. One that has passed is not waited for."
          value={step.until ?? ""}
          error={error("until")}
          isCode
          onChange={(text) => onChange({ ...step, until: text }, "until")}
        />
      ) : null}
    </>
  );
}
