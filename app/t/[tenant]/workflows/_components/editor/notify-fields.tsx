import { WordSelect } from "@/app/_shared/word-select";
import type { StepFieldsProps } from "./draft";
import { TextArea, TextField } from "./fields";

const CHANNELS = ["email", "slack"] as const;

/** Whom a notify step tells what. */
export function NotifyFields({ step, error, onChange }: StepFieldsProps<"notify">) {
  const { channel = "email" } = step;
  return (
    <>
      <WordSelect
        label="Channel"
        words={CHANNELS}
        value={channel}
        onChange={(chosen) => onChange({ ...step, channel: chosen }, "channel")}
      />
      {channel === "email" ? (
        <>
          <TextField
            label="To (e-mail address)"
            value={step.to ?? ""}
            error={error("to")}
            onChange={(to) => onChange({ ...step, to }, "to")}
          />
          <TextField
            label="Subject"
            value={step.subject ?? ""}
            error={error("subject")}
            onChange={(subject) => onChange({ ...step, subject }, "subject")}
          />
        </>
      ) : (
        <TextField
          label="Secret that holds the webhook"
          description="The address of a Slack incoming webhook, kept as a secret whose allowed host is hooks.slack.com."
          value={step.webhook ?? ""}
          error={error("webhook")}
          isCode
          onChange={(webhook) => onChange({ ...step, webhook }, "webhook")}
        />
      )}
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
