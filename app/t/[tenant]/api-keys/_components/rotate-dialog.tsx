"use client";

import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import type { KeyRow } from "./key-row";
import { KeySecret } from "./key-secret";

const GRACE = [
  { value: "24", label: "24 hours longer" },
  { value: "1", label: "1 hour longer" },
  { value: "0", label: "not at all: it ends now" },
];

/** Gives a key a new secret, shown once; the one before opens until its grace is over. */
export function RotateDialog({ apiKey, onClose }: { apiKey: KeyRow; onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { graceHours: "24" },
    act: ({ graceHours }: { graceHours: string }) =>
      client.apiKeys.rotate.mutate({ apiKeyId: apiKey.id, graceHours: Number(graceHours) }),
    onDone: ({ key }) => setSecret(key),
  });
  return (
    <FormDialog
      title={`Rotate ${apiKey.name}`}
      form={form}
      act="Rotate key"
      onClose={onClose}
      instead={secret === null ? null : <KeySecret secret={secret} onClose={onClose} />}
    >
      <NativeSelect label="The key in use now opens" data={GRACE} {...form.field("graceHours")} />
    </FormDialog>
  );
}
