"use client";

import { NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useRegions } from "@/app/_shared/regions";
import { type Rights, RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { KEY_DAYS_MAX, SERVICE_ROLES } from "@/server/api-keys/domain/limits";
import { KeySecret } from "./key-secret";

const RIGHTS: Omit<Rights, "region"> = { roles: ["operator"], businessUnit: "general", clearance: "internal" };
const BLANK = { name: "", ...RIGHTS, expiresInDays: 90 };

/** Makes a key and shows its secret, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const [region = ""] = useRegions();
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { ...BLANK, region },
    act: (values: typeof BLANK & { region: string }) => {
      const roles = SERVICE_ROLES.filter((role) => values.roles.includes(role));
      return client.apiKeys.create.mutate({ ...values, roles });
    },
    onDone: ({ key }) => setSecret(key),
  });
  return (
    <FormDialog
      title="Create an API key"
      form={form}
      act="Create key"
      onClose={onClose}
      instead={secret === null ? null : <KeySecret secret={secret} onClose={onClose} />}
    >
      <TextInput label="Name" placeholder="Nightly import" data-autofocus {...form.field("name")} />
      <RightsFields field={form.field} offered={SERVICE_ROLES} />
      <NumberInput
        label={`Ends after (days, ${KEY_DAYS_MAX} at most)`}
        min={1}
        max={KEY_DAYS_MAX}
        {...form.field("expiresInDays")}
      />
    </FormDialog>
  );
}
