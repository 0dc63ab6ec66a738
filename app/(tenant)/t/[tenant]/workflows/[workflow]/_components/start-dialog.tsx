"use client";

import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { blankInput, type InputFields, readInput } from "./run-input";

interface Props {
  tenant: string;
  workflowId: string;
  name: string;
  fields: InputFields;
  onClose: () => void;
}

type Input = Record<string, string | number | boolean>;

export function StartDialog({ tenant, workflowId, name, fields, onClose }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  const [entered, setEntered] = useState(() => blankInput(fields));
  const [faults, setFaults] = useState<Record<string, string>>({});
  // One key per dialog: a click that is sent twice starts one run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const start = useAction((input: Input) => client.runs.start.mutate({ workflowId, input, idempotencyKey }), {
    onDone: ({ runId }) => router.push(`/t/${tenant}/runs/${runId}`),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const read = readInput(fields, entered);
    setFaults(read.faults);
    if (Object.keys(read.faults).length === 0) start.run(read.input);
  };
  const refused = start.refusal?.fields ?? {};
  return (
    <Modal opened onClose={onClose} title={`Start a run of ${name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <RefusalNotice refusal={start.refusal} />
        {Object.keys(fields).length === 0 ? <p>This workflow asks for no input.</p> : null}
        {Object.entries(fields).map(([field, { type, description, required }]) => {
          const error = faults[field] ?? refused[`input.${field}`];
          const value = entered[field];
          if (typeof value === "boolean")
            return (
              <Checkbox
                key={field}
                label={field}
                description={description}
                checked={value}
                error={error}
                onChange={(event) => setEntered({ ...entered, [field]: event.currentTarget.checked })}
              />
            );
          return (
            <TextInput
              key={field}
              label={field}
              description={description}
              required={required}
              inputMode={type === "number" ? "decimal" : undefined}
              value={value ?? ""}
              error={error}
              onChange={(event) => setEntered({ ...entered, [field]: event.currentTarget.value })}
            />
          );
        })}
        <DialogActions onCancel={onClose}>
          <Button type="submit" loading={start.isBusy || start.isDone}>
            Start
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
