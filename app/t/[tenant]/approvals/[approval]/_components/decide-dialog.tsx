"use client";

import { Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import type { ApprovalVerdict } from "@/server/approvals/domain/status";

export interface Decidable {
  approvalId: string;
  title: string;
  /** Of the definition that the page showed. */
  contentHash: string;
  /** The token of the link that opened the page, if one did. */
  link: string | undefined;
}

const WORDS = {
  approved: { act: "Approve", label: "Comment (may be empty)", said: "Approved." },
  rejected: { act: "Reject", label: "Why", said: "Rejected." },
} as const;

interface Props {
  request: Decidable;
  verdict: ApprovalVerdict;
  onClose: () => void;
}

/** One person's word about exactly what was on the page. */
export function DecideDialog({ request, verdict, onClose }: Props) {
  const client = useTRPCClient();
  const { title, ...asked } = request;
  const { act, label, said } = WORDS[verdict];
  const form = useActionForm({
    initial: { comment: "" },
    act: ({ comment }) => client.approvals.decide.mutate({ ...asked, verdict, comment }),
    said,
    onDone: onClose,
  });
  return (
    <FormDialog title={`${act}: ${title}`} form={form} act={act} isDanger={verdict === "rejected"} onClose={onClose}>
      <Textarea
        label={label}
        withAsterisk={verdict === "rejected"}
        rows={4}
        maxLength={2_000}
        data-autofocus
        {...form.field("comment")}
      />
    </FormDialog>
  );
}
