"use client";

import { NumberInput, Textarea, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

/** One thing that a person may do about break-glass. */
export type GrantAct =
  | { kind: "ask"; minutesMost: number; needsSecond: boolean }
  | { kind: "open" | "refuse" | "end" | "review"; grantId: string; who: string };

interface Props<Act> {
  act: Act;
  onClose: () => void;
}

function AskDialog({ act: { minutesMost, needsSecond }, onClose }: Props<Extract<GrantAct, { kind: "ask" }>>) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { reason: "", reference: "", minutes: minutesMost },
    act: (values) => client.breakGlass.open.mutate(values),
    said: needsSecond ? "Asked: a second person opens it." : "Open.",
    onDone: onClose,
  });
  return (
    <FormDialog title="Ask for break-glass" form={form} act={needsSecond ? "Ask" : "Open"} isDanger onClose={onClose}>
      <Textarea label="Why" withAsterisk rows={3} maxLength={2_000} data-autofocus {...form.field("reason")} />
      <TextInput label="What it is about (an incident, a ticket)" withAsterisk {...form.field("reference")} />
      <NumberInput label="Minutes" min={1} max={minutesMost} allowDecimal={false} {...form.field("minutes")} />
    </FormDialog>
  );
}

const WORDS = {
  open: { title: "Open break-glass for", act: "Open", label: "Comment (may be empty)", said: "Open." },
  refuse: { title: "Refuse break-glass for", act: "Refuse", label: "Why", said: "Refused." },
  end: { title: "End break-glass of", act: "End", label: null, said: "Ended." },
  review: {
    title: "What break-glass was used for by",
    act: "Put on record",
    label: "What you found",
    said: "On record.",
  },
} as const;

function DecideDialog({ act, onClose }: Props<Exclude<GrantAct, { kind: "ask" }>>) {
  const client = useTRPCClient();
  const { grantId, kind } = act;
  const words = WORDS[kind];
  const form = useActionForm({
    initial: { comment: "" },
    act: async ({ comment }): Promise<unknown> => {
      if (kind === "end") return client.breakGlass.end.mutate({ grantId });
      if (kind === "review") return client.breakGlass.review.mutate({ grantId, comment });
      const verdict = kind === "open" ? "approved" : "rejected";
      return client.breakGlass.decide.mutate({ grantId, verdict, comment });
    },
    said: words.said,
    onDone: onClose,
  });
  return (
    <FormDialog title={`${words.title} ${act.who}`} form={form} act={words.act} onClose={onClose}>
      {words.label === null ? null : (
        <Textarea label={words.label} rows={3} maxLength={2_000} data-autofocus {...form.field("comment")} />
      )}
    </FormDialog>
  );
}

export function GrantDialog({ act, onClose }: Props<GrantAct>) {
  return act.kind === "ask" ? <AskDialog act={act} onClose={onClose} /> : <DecideDialog act={act} onClose={onClose} />;
}
