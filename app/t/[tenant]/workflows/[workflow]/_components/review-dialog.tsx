"use client";

import { Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

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
  const client = useTRPCClient();
  const { act, label, said } = WORDS[verdict];
  const { id: versionId, number, contentHash } = version;
  const form = useActionForm({
    initial: { comment: "" },
    act: ({ comment }) => client.workflows.review.mutate({ versionId, contentHash, verdict, comment }),
    said,
    onDone: onClose,
  });
  return (
    <FormDialog title={`${act}: version ${number}`} form={form} act={act} onClose={onClose}>
      <Textarea label={label} rows={5} maxLength={4_000} data-autofocus {...form.field("comment")} />
    </FormDialog>
  );
}
