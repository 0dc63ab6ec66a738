"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { ENVIRONMENTS, type Environment } from "@/policies/access/vocabulary";
import { HostsField, ValueField } from "./fields";
import { hostsIn } from "./host-lines";

const BLANK: { name: string; environment: Environment; value: string; allowedHosts: string } = {
  ...{ name: "", environment: "dev", value: "", allowedHosts: "" },
};

/** Sets a secret that there is none of yet. */
export function SetSecretDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: BLANK,
    act: ({ allowedHosts, ...rest }: typeof BLANK) =>
      client.secrets.set.mutate({ ...rest, allowedHosts: hostsIn(allowedHosts) }),
    said: ({ name, environment }) => `${name} is set for ${environment}.`,
    onDone: onClose,
  });
  return (
    <FormDialog title="Set a secret" form={form} act="Set secret" onClose={onClose}>
      <TextInput
        label="Name"
        description="In capitals: a step sends it as {{ secrets.NAME }}."
        placeholder="LEDGER_API_KEY"
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        {...form.field("name")}
      />
      <NativeSelect label="Environment" data={[...ENVIRONMENTS]} {...form.field("environment")} />
      <ValueField label="Value" {...form.field("value")} />
      <HostsField {...form.field("allowedHosts")} />
    </FormDialog>
  );
}
