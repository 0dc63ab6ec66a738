"use client";

import { Textarea, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { WordSelect } from "@/app/_shared/word-select";
import { useTRPCClient } from "@/app/_trpc/client";
import { SEVERITIES, type Severity } from "@/server/incidents/domain/severity";
import { severityChoice } from "./severity-choice";

/** What is wrong, and how bad it is. */
export function OpenIncidentDialog({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useActionForm({
    initial: { title: "", severity: "sev3", summary: "" },
    act: (values: { title: string; severity: Severity; summary: string }) => client.incidents.open.mutate(values),
    onDone: ({ incidentId }) => router.push(`/t/${tenant}/incidents/${incidentId}`),
    isLeaving: true,
  });
  return (
    <FormDialog title="Open an incident" form={form} act="Open incident" onClose={onClose}>
      <TextInput label="What is wrong" placeholder="No run of Payroll starts" data-autofocus {...form.field("title")} />
      <WordSelect
        label="Severity"
        words={SEVERITIES}
        say={severityChoice}
        value={form.values.severity}
        onChange={(severity) => form.setValues({ severity })}
      />
      <Textarea
        label="What is known so far"
        description="Whoever is on call reads it first. No secrets: it goes out by mail."
        autosize
        minRows={3}
        maxRows={10}
        {...form.field("summary")}
      />
    </FormDialog>
  );
}
