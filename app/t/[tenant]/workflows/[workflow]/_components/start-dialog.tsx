"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { InputControls } from "./input-controls";
import { blankInput, type Entered, type InputFields, readInput } from "./run-input";

interface Props {
  tenant: string;
  workflowId: string;
  name: string;
  fields: InputFields;
  approvers: string | null;
  onClose: () => void;
}

export function StartDialog({ tenant, workflowId, name, fields, approvers, onClose }: Props) {
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
    <FormDialog
      title={`Start a run of ${name}`}
      form={form}
      act={approvers === null ? "Start" : "Ask to start"}
      onClose={onClose}
    >
      {approvers === null ? null : <p>{`It begins once it is approved by ${approvers}.`}</p>}
      <InputControls fields={fields} field={form.field} />
    </FormDialog>
  );
}
