"use client";

import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { type Rights, RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { KEY_DAYS_MAX, SERVICE_ROLES } from "@/server/api-keys/domain/limits";
import { KeySecret } from "./key-secret";

const BLANK: Rights = { roles: ["operator"], region: "eu", businessUnit: "general", clearance: "internal" };
const DAYS = 90;

/** Makes a key and shows its secret, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [rights, setRights] = useState(BLANK);
  const [days, setDays] = useState(DAYS);
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const create = useAction(
    () => {
      const roles = SERVICE_ROLES.filter((role) => rights.roles.includes(role));
      return client.apiKeys.create.mutate({ name, ...rights, roles, expiresInDays: days });
    },
    { onDone: ({ key }) => setSecret(key) },
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.run(undefined);
  };
  const errors = create.refusal?.fields ?? {};
  return (
    <Modal opened onClose={onClose} title="Create an API key" closeButtonProps={{ "aria-label": "Close" }}>
      {secret !== null ? (
        <KeySecret secret={secret} onClose={onClose} />
      ) : (
        <form onSubmit={submit} noValidate style={{ display: "flex", flexDirection: "column", gap: 12 }}>
          <RefusalNotice refusal={create.refusal} />
          <TextInput
            label="Name"
            placeholder="Nightly import"
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <RightsFields value={rights} onChange={setRights} offered={SERVICE_ROLES} errors={errors} />
          <NumberInput
            label={`Ends after (days, ${KEY_DAYS_MAX} at most)`}
            min={1}
            max={KEY_DAYS_MAX}
            value={days}
            error={errors.expiresInDays}
            onChange={(value) => setDays(Number(value))}
          />
          <DialogActions onCancel={onClose}>
            <Button type="submit" loading={create.isBusy}>
              Create key
            </Button>
          </DialogActions>
        </form>
      )}
    </Modal>
  );
}
