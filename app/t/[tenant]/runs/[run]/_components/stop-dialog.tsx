"use client";

import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

const WORDS = {
  cancel: {
    title: "Cancel this run?",
    about: "The step that is running now may finish. No further step starts.",
    act: "Cancel run",
    said: "The run was cancelled.",
  },
  kill: {
    title: "Kill this run?",
    about: "The run ends at once, and no further step starts. What a step has already sent out cannot be taken back.",
    act: "Kill run",
    said: "The run was killed.",
  },
};

interface Props {
  runId: string;
  how: "cancel" | "kill";
  onClose: () => void;
}

export function StopDialog({ runId, how, onClose }: Props) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { title, about, act, said } = WORDS[how];
  const form = useActionForm({
    initial: { reason: "" },
    act: ({ reason }) => client.runs[how].mutate({ runId, reason }),
    said,
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog title={title} form={form} act={act} isDanger onClose={onClose}>
      <p>{about}</p>
      <TextInput label="Reason (kept with the receipt)" maxLength={500} data-autofocus {...form.field("reason")} />
    </FormDialog>
  );
}
