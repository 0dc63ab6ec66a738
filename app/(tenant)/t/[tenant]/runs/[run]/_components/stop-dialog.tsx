"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

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
  const [reason, setReason] = useState("");
  const client = useTRPCClient();
  const queries = useQueryClient();
  const words = WORDS[how];
  const stop = useAction((input: { runId: string; reason: string }) => client.runs[how].mutate(input), {
    said: words.said,
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    stop.run({ runId, reason });
  };
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <RefusalNotice refusal={stop.refusal} />
        <p style={{ marginBottom: 12 }}>{words.about}</p>
        <TextInput
          label="Reason (kept with the receipt)"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <DialogActions onCancel={onClose}>
          <Button type="submit" color="red" loading={stop.isBusy}>
            {words.act}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
