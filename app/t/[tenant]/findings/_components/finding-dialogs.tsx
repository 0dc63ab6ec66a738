"use client";

import { Textarea, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

interface Props {
  findingId: string;
  onClose: () => void;
}

/** Says that a gap is closed, and what was done about it. */
export function ReadyDialog({ findingId, onClose }: Props) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { note: "" },
    act: ({ note }) => client.findings.ready.mutate({ findingId, note }),
    said: "Somebody else may have it tested now",
    onDone: onClose,
  });
  return (
    <FormDialog title="It is done" form={form} act="Say so" onClose={onClose}>
      <Textarea label="What was done" withAsterisk rows={4} maxLength={2_000} data-autofocus {...form.field("note")} />
    </FormDialog>
  );
}

const DAY_MS = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Lets a gap be until a day, with a reason. */
export function AcceptDialog({ findingId, onClose }: Props) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { reason: "", until: dayOf(Date.now() + 30 * DAY_MS) },
    act: ({ reason, until }) => client.findings.accept.mutate({ findingId, reason, until: `${until}T23:59:59.000Z` }),
    said: "Accepted",
    onDone: onClose,
  });
  return (
    <FormDialog title="Accept it for a time" form={form} act="Accept" onClose={onClose}>
      <Textarea label="Why" withAsterisk rows={4} maxLength={2_000} data-autofocus {...form.field("reason")} />
      <TextInput
        label="Until the end of the day, in UTC"
        description="A year at most. From then on it is open again."
        type="date"
        {...form.field("until")}
      />
    </FormDialog>
  );
}
