"use client";

import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { SigningSecret } from "./signing-secret";
import type { TriggerPlace, WebhookRow } from "./trigger-row";

interface Props {
  place: TriggerPlace;
  /** The one to alter; absent for a new one. */
  row?: WebhookRow;
  onClose: () => void;
}

const MONO = { input: { fontFamily: "var(--mono)" } };

/** Makes a webhook and shows its signing secret, once; or alters one. */
export function WebhookDialog({ place, row, onClose }: Props) {
  const client = useTRPCClient();
  const [made, setMade] = useState<{ triggerId: string; secret: string } | null>(null);
  const form = useActionForm({
    initial: {
      name: row?.name ?? "",
      expression: row?.settings.expression ?? "",
      isEnabled: row?.isEnabled ?? true,
    },
    act: async ({ name, expression, isEnabled }) => {
      const wanted = { name, expression: expression.trim() === "" ? null : expression, isEnabled };
      if (row === undefined) return client.triggers.createWebhook.mutate({ workflowId: place.workflowId, ...wanted });
      return { ...(await client.triggers.updateWebhook.mutate({ triggerId: row.id, ...wanted })), secret: null };
    },
    ...(row === undefined ? {} : { said: "Saved." }),
    onDone: ({ triggerId, secret }) => (secret === null ? onClose() : setMade({ triggerId, secret })),
  });
  return (
    <FormDialog
      title={row === undefined ? "Add a webhook" : `Edit ${row.name}`}
      form={form}
      act={row === undefined ? "Add webhook" : "Save"}
      onClose={onClose}
      instead={
        made === null ? null : (
          <SigningSecret address={`${place.hooksUrl}/${made.triggerId}`} secret={made.secret} onClose={onClose} />
        )
      }
    >
      <TextInput label="Name" placeholder="Shop" required data-autofocus {...form.field("name")} />
      <Textarea
        label="Input, as JSONata over body"
        description="Left empty, fields of the body become the inputs of the same name."
        placeholder={'{ "order": body.order.id }'}
        rows={3}
        styles={MONO}
        {...form.field("expression")}
      />
      <Checkbox label="Enabled" {...form.field("isEnabled", { type: "checkbox" })} />
    </FormDialog>
  );
}
