"use client";

import { TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useRegions } from "@/app/_shared/regions";
import { type Rights, RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { ROLES } from "@/policies/access/vocabulary";

const RIGHTS: Omit<Rights, "region"> = { roles: ["workflow_reviewer"], businessUnit: "general", clearance: "internal" };

/** Invites an address with the rights it will have; a mail with a one-time link follows. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [region = ""] = useRegions();
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { email: "", ...RIGHTS, region },
    act: (values) => client.members.invite.mutate(values),
    said: ({ email }) => `The invitation to ${email} is on its way.`,
    onDone: onClose,
  });
  return (
    <FormDialog title="Invite a member" form={form} act="Send invitation" onClose={onClose}>
      <TextInput label="E-mail address" type="email" data-autofocus {...form.field("email")} />
      <RightsFields field={form.field} offered={ROLES} />
    </FormDialog>
  );
}
