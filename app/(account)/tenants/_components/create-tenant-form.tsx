"use client";

import { TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { slugFromName } from "../slug-from-name";

export function CreateTenantForm() {
  const router = useRouter();
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { name: "", slug: "" },
    act: (values) => client.tenants.create.mutate(values),
    onDone: ({ slug }) => router.push(`/t/${slug}/switchboard`),
    isLeaving: true,
  });
  const { name, slug } = form.values;
  const rename = (next: string) => {
    const follows = slug === slugFromName(name);
    form.setValues(follows ? { name: next, slug: slugFromName(next) } : { name: next });
  };
  return (
    <ActionForm form={form} act="Create tenant">
      <TextInput
        label="Name"
        placeholder="Acme Industries"
        {...form.field("name")}
        onChange={(event) => rename(event.currentTarget.value)}
      />
      <TextInput
        label="Address"
        placeholder="acme-industries"
        description={`Its pages begin with /t/${slug === "" ? "…" : slug}, for good.`}
        {...form.field("slug")}
      />
    </ActionForm>
  );
}
