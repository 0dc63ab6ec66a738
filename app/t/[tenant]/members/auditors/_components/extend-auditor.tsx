"use client";

import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { UntilField, untilDay } from "../../_components/auditing-fields";
import type { AuditorRow } from "./auditor-row";

/** Gives an auditor another end. */
export function ExtendAuditor({ auditor, onClose }: { auditor: AuditorRow; onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { until: auditor.endsAt.slice(0, 10) },
    act: ({ until }) => client.members.extendAuditor.mutate({ memberId: auditor.id, until: untilDay(until) }),
    said: `${auditor.email} has another end.`,
    onDone: onClose,
  });
  return (
    <FormDialog title={`Another end for ${auditor.email}`} form={form} act="Save the end" onClose={onClose}>
      <UntilField {...form.field("until")} />
    </FormDialog>
  );
}
