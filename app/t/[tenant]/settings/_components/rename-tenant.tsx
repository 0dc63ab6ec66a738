"use client";

import { TextInput } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

/** Renames the tenant. Its address stays, as links to it must. */
export function RenameTenant({ name }: { name: string }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { name },
    act: (values) => client.tenants.update.mutate(values),
    said: "Renamed.",
  });
  return (
    <ActionForm form={form} act="Save name">
      <TextInput label="Name" {...form.field("name")} />
    </ActionForm>
  );
}
