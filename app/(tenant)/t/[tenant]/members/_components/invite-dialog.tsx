"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { type Rights, RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { ROLES } from "@/policies/access/vocabulary";

const BLANK: Rights = { roles: ["workflow_reviewer"], region: "eu", businessUnit: "general", clearance: "internal" };

/** Invites an address with the rights it will have; a mail with a one-time link follows. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [rights, setRights] = useState(BLANK);
  const client = useTRPCClient();
  const invite = useAction((address: string) => client.members.invite.mutate({ email: address, ...rights }), {
    said: `The invitation to ${email} is on its way.`,
    onDone: onClose,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    invite.run(email);
  };
  const errors = invite.refusal?.fields ?? {};
  return (
    <Modal opened onClose={onClose} title="Invite a member" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <RefusalNotice refusal={errors.email === undefined ? invite.refusal : null} />
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          error={errors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        <RightsFields value={rights} onChange={setRights} offered={ROLES} errors={errors} />
        <DialogActions onCancel={onClose}>
          <Button type="submit" loading={invite.isBusy}>
            Send invitation
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
