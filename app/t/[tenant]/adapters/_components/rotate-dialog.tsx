"use client";

import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { GRACE_CHOICES } from "@/app/_shared/form/grace-hours";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import type { AdapterRow } from "./adapter-row";
import { AdapterSecret } from "./adapter-secret";

/** Gives an adapter a new signing secret, shown once; calls carry both signatures until the grace of the one before is over. */
export function RotateDialog({ adapter, onClose }: { adapter: AdapterRow; onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { graceHours: "24" },
    act: ({ graceHours }: { graceHours: string }) =>
      client.adapters.rotateSecret.mutate({ adapterId: adapter.id, graceHours: Number(graceHours) }),
    onDone: (rotated) => setSecret(rotated.secret),
  });
  return (
    <FormDialog
      title={`Rotate the signing secret of ${adapter.slug}`}
      form={form}
      act="Rotate secret"
      onClose={onClose}
      instead={secret === null ? null : <AdapterSecret secret={secret} onClose={onClose} />}
    >
      <NativeSelect label="The secret in use now signs as well" data={GRACE_CHOICES} {...form.field("graceHours")} />
    </FormDialog>
  );
}
