"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { JsonText } from "@/app/_shared/json-text";
import { useTRPCClient } from "@/app/_trpc/client";
import type { RunDetail } from "./run-detail";

type StartInput = Record<string, string | number | boolean>;

interface Props {
  tenant: string;
  run: RunDetail;
  /** The step with which the new run begins; null for the whole of it. */
  step: { id: string; name: string } | null;
  onClose: () => void;
}

/** Asks before a run is repeated, and leads to the new one. */
export function RepeatDialog({ tenant, run, step, onClose }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  // One key per dialog: a click that is sent twice starts one run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useActionForm({
    initial: {},
    act: () =>
      step === null
        ? // What one start took, the next takes too; the verb looks at it again.
          client.runs.start.mutate({ workflowId: run.workflow.id, input: run.input as StartInput, idempotencyKey })
        : client.runs.rerun.mutate({ runId: run.id, stepId: step.id, idempotencyKey }),
    onDone: ({ runId }) => router.push(`/t/${tenant}/runs/${runId}`),
    isLeaving: true,
  });
  return (
    <FormDialog
      title={step === null ? "Run again?" : `Re-run from ${step.name}?`}
      form={form}
      act={step === null ? "Run again" : "Re-run"}
      onClose={onClose}
    >
      <p>
        {step === null
          ? `A new run of ${run.workflow.definition.name} starts with the same input. Every step is performed again.`
          : "A new run of the same version starts with the same input. It takes over what this run finished before this step, and performs this step and those that follow again. Approvals are not taken over: those that were given before this step are asked again, and a workflow that it called is called again where people were asked there."}{" "}
        What a step sends out is sent once more.
      </p>
      <JsonText label="Input of the new run" value={run.input} />
    </FormDialog>
  );
}
