"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

const DAY_MS = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The moment that a day begins in UTC, in which bundles name their days. */
const beginOf = (day: string) => `${day}T00:00:00.000Z`;

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(beginOf(text)));

interface Values extends Record<string, unknown> {
  from: string;
  to: string;
  isDryRun: boolean;
}

/** What a bundle is to hold: the last 90 days unless somebody says otherwise. */
export function BuildDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { from: dayOf(Date.now() - 90 * DAY_MS), to: dayOf(Date.now() + DAY_MS), isDryRun: false },
    check: ({ from, to }) => ({
      from: isDay(from) ? null : "must be a day",
      to: !isDay(to) ? "must be a day" : to <= from ? "must come after the first day" : null,
    }),
    act: ({ from, to, isDryRun }: Values) =>
      client.bundles.request.mutate({ from: beginOf(from), to: beginOf(to), isDryRun }),
    said: "Being built: it is here in a few seconds",
    onDone: onClose,
  });
  return (
    <FormDialog title="Build a bundle" form={form} act="Build" onClose={onClose}>
      <TextInput type="date" label="From" description="The first day, in UTC." data-autofocus {...form.field("from")} />
      <TextInput
        type="date"
        label="Until"
        description="The day after the last. What has not happened yet is not in it."
        {...form.field("to")}
      />
      <Checkbox
        label="Dry run"
        description="Lists what is missing. Every verifier calls the file a dry run, so nobody takes it for evidence."
        checked={form.values.isDryRun}
        onChange={(event) => form.setValues({ isDryRun: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}
