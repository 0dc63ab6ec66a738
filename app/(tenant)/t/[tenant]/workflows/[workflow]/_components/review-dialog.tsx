"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

interface Props {
  version: { id: string; number: number; contentHash: string };
  verdict: "approved" | "changes_requested";
  onClose: () => void;
}

const WORDS = {
  approved: { act: "Approve", label: "Comment (may be empty)", said: "Approved." },
  changes_requested: { act: "Request changes", label: "What should change", said: "Sent back to its authors." },
};

/** A reviewer's word about exactly the text that was on the page. */
export function ReviewDialog({ version, verdict, onClose }: Props) {
  const [comment, setComment] = useState("");
  const client = useTRPCClient();
  const words = WORDS[verdict];
  const review = useAction(
    (text: string) =>
      client.workflows.review.mutate({
        versionId: version.id,
        contentHash: version.contentHash,
        verdict,
        comment: text,
      }),
    { said: words.said, onDone: onClose },
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    review.run(comment);
  };
  const title = `${words.act}: version ${version.number}`;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <RefusalNotice refusal={review.refusal} />
        <Textarea
          label={words.label}
          rows={5}
          maxLength={4_000}
          value={comment}
          error={review.refusal?.fields.comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          data-autofocus
        />
        <DialogActions onCancel={onClose}>
          <Button type="submit" loading={review.isBusy}>
            {words.act}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
