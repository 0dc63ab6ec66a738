"use client";

import { TextInput } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

/** The name that others see. The address stays: it is what a person signs in with. */
export function ProfileForm({ name }: { name: string }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { name },
    act: (values) => client.accounts.updateProfile.mutate(values),
    said: "Saved.",
  });
  return (
    <ActionForm form={form} act="Save name">
      <TextInput
        label="Name"
        description="Members of your tenants see it."
        autoComplete="name"
        {...form.field("name")}
      />
    </ActionForm>
  );
}
