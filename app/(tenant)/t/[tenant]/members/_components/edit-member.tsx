"use client";

import { Button, Modal } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { type Rights, RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { ROLES } from "@/policies/access/vocabulary";
import type { MemberRow } from "./member-row";

/** Changes what a member may do and see, from their next request on. */
export function EditMember({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const { roles, region, businessUnit, clearance } = member;
  const [rights, setRights] = useState<Rights>({ roles, region, businessUnit, clearance });
  const client = useTRPCClient();
  const save = useAction((value: Rights) => client.members.update.mutate({ memberId: member.id, ...value }), {
    said: `The rights of ${member.email} are changed.`,
    onDone: onClose,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.run(rights);
  };
  return (
    <Modal opened onClose={onClose} title={`Rights of ${member.email}`} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <RefusalNotice refusal={save.refusal} />
        <RightsFields value={rights} onChange={setRights} offered={ROLES} errors={save.refusal?.fields ?? {}} />
        <DialogActions onCancel={onClose}>
          <Button type="submit" loading={save.isBusy}>
            Save rights
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
