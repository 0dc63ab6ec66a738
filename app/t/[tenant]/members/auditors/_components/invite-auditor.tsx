"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { DATA_SENSITIVITIES, type DataSensitivity } from "@/policies/access/vocabulary";
import { EngagementField, UntilField, untilDay, usualEnd } from "../../_components/auditing-fields";

const CLEARANCE: DataSensitivity = "internal";

/** Invites an address as an auditor; a mail with a one-time link follows. */
export function InviteAuditor({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { email: "", engagement: "", until: usualEnd(), clearance: CLEARANCE },
    act: ({ until, ...values }) => client.members.inviteAuditor.mutate({ ...values, until: untilDay(until) }),
    said: ({ email }) => `The invitation to ${email} is on its way.`,
    onDone: onClose,
  });
  return (
    <FormDialog title="Invite an auditor" form={form} act="Send invitation" onClose={onClose}>
      <p>They read, and change nothing. What they open is logged. They take no seat of the plan.</p>
      <TextInput label="E-mail address" type="email" data-autofocus {...form.field("email")} />
      <EngagementField {...form.field("engagement")} />
      <UntilField {...form.field("until")} />
      <NativeSelect
        label="Clearance"
        description="Of workflows and runs they see what is no more sensitive than this."
        data={[...DATA_SENSITIVITIES]}
        {...form.field("clearance")}
      />
    </FormDialog>
  );
}
