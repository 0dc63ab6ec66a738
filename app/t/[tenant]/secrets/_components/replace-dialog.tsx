"use client";

import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { ValueField } from "./fields";
import type { SecretRow } from "./secret-row";

/** Gives a secret a new value; its hosts stay. */
export function ReplaceDialog({ secret, onClose }: { secret: SecretRow; onClose: () => void }) {
  const { name, environment, version } = secret;
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { value: "" },
    act: ({ value }: { value: string }) => client.secrets.set.mutate({ name, environment, value, replaces: version }),
    said: `${name} has a new value in ${environment}.`,
    onDone: onClose,
  });
  return (
    <FormDialog title={`Replace ${name} in ${environment}`} form={form} act="Replace value" onClose={onClose}>
      <p>Steps send the new value from their next call on, those of runs under way too.</p>
      <ValueField label="New value" data-autofocus {...form.field("value")} />
    </FormDialog>
  );
}
