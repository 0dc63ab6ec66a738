"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { blankInput, type Entered, type InputFields, readInput } from "./run-input";

interface Props {
  tenant: string;
  workflowId: string;
  name: string;
  fields: InputFields;
  onClose: () => void;
}

export function StartDialog({ tenant, workflowId, name, fields, onClose }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  // One key per dialog: a click that is sent twice starts one run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useActionForm({
    initial: blankInput(fields),
    check: (entered: Entered) => readInput(fields, entered).faults,
    under: "input.",
    act: (entered) => client.runs.start.mutate({ workflowId, input: readInput(fields, entered).input, idempotencyKey }),
    onDone: ({ runId }) => router.push(`/t/${tenant}/runs/${runId}`),
    isLeaving: true,
  });
  return (
    <FormDialog title={`Start a run of ${name}`} form={form} act="Start" onClose={onClose}>
      {Object.keys(fields).length === 0 ? <p>This workflow asks for no input.</p> : null}
      {Object.entries(fields).map(([field, { type, description, required }]) =>
        type === "boolean" ? (
          <Checkbox key={field} label={field} description={description} {...form.field(field, { type: "checkbox" })} />
        ) : (
          <TextInput
            key={field}
            label={field}
            description={description}
            required={required}
            inputMode={type === "number" ? "decimal" : undefined}
            {...form.field(field)}
          />
        ),
      )}
    </FormDialog>
  );
}
