"use client";

import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { GRACE_CHOICES } from "@/app/_shared/form/grace-hours";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { SigningSecret } from "./signing-secret";
import type { WebhookRow } from "./trigger-row";

interface Props {
  row: WebhookRow;
  address: string;
  onClose: () => void;
}

/** Gives a webhook a new signing secret, shown once; the one before signs until its grace is over. */
export function RotateDialog({ row, address, onClose }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { graceHours: "24" },
    act: ({ graceHours }: { graceHours: string }) =>
      client.triggers.rotateSecret.mutate({ triggerId: row.id, graceHours: Number(graceHours) }),
    onDone: (rotated) => setSecret(rotated.secret),
  });
  return (
    <FormDialog
      title={`Rotate the signing secret of ${row.name}`}
      form={form}
      act="Rotate secret"
      onClose={onClose}
      instead={secret === null ? null : <SigningSecret address={address} secret={secret} onClose={onClose} />}
    >
      <NativeSelect label="The secret in use now signs" data={GRACE_CHOICES} {...form.field("graceHours")} />
    </FormDialog>
  );
}
