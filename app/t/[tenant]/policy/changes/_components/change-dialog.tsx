"use client";

import { Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

/** One thing that a person may do about a policy: about exactly what the page showed. */
export type ChangeAct =
  | { kind: "propose"; profile: string; tightening: string }
  | { kind: "approve" | "reject"; changeId: string; toRevision: string }
  | { kind: "withdraw"; changeId: string };

const WORDS = {
  propose: { act: "Propose", title: "Propose this policy", label: "Why", said: "Proposed: a second person decides." },
  approve: { act: "Approve", title: "Approve this policy", label: "Comment (may be empty)", said: "It governs now." },
  reject: { act: "Reject", title: "Reject this policy", label: "Why", said: "Rejected: nothing changes." },
  withdraw: { act: "Withdraw", title: "Withdraw this proposal", label: null, said: "Withdrawn: nothing changes." },
} as const;

export function ChangeDialog({ act, onClose }: { act: ChangeAct; onClose: () => void }) {
  const client = useTRPCClient();
  const words = WORDS[act.kind];
  const form = useActionForm({
    initial: { words: "" },
    act: async ({ words: text }): Promise<unknown> => {
      if (act.kind === "propose") {
        const { profile, tightening } = act;
        return client.policyChanges.propose.mutate({ profile, tightening, reason: text });
      }
      const { changeId } = act;
      if (act.kind === "withdraw") return client.policyChanges.withdraw.mutate({ changeId });
      const verdict = act.kind === "approve" ? "approved" : "rejected";
      return client.policyChanges.decide.mutate({ changeId, toRevision: act.toRevision, verdict, comment: text });
    },
    said: words.said,
    onDone: onClose,
  });
  return (
    <FormDialog title={words.title} form={form} act={words.act} isDanger={act.kind === "reject"} onClose={onClose}>
      {words.label === null ? null : (
        <Textarea label={words.label} rows={4} maxLength={2_000} data-autofocus {...form.field("words")} />
      )}
    </FormDialog>
  );
}
