"use client";

import { Textarea, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

const DAY_MS = 86_400_000;
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** Accepts the gap of a control until a day: 30 days ahead unless somebody says otherwise. */
export function AcceptDialog({ control, onClose }: { control: string; onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { reason: "", expiresAt: new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10) },
    check: ({ reason, expiresAt }) => ({
      reason: reason.trim() === "" ? "must not be empty" : null,
      expiresAt: isDay(expiresAt) ? null : "must be a day",
    }),
    act: ({ reason, expiresAt }) =>
      client.compliance.recordException.mutate({ control, reason, expiresAt: `${expiresAt}T00:00:00.000Z` }),
    said: "Accepted until its day",
    onDone: onClose,
  });
  return (
    <FormDialog title="Accept the gap for a time" form={form} act="Accept" onClose={onClose}>
      <p>
        The status stays what it is. Whoever reads this control, or a bundle, sees that you accepted the gap, and why.
      </p>
      <Textarea label="Why" withAsterisk rows={3} maxLength={1_000} data-autofocus {...form.field("reason")} />
      <TextInput
        type="date"
        label="Until"
        withAsterisk
        description="It ends by itself when this day begins, in UTC; within a year."
        {...form.field("expiresAt")}
      />
    </FormDialog>
  );
}
