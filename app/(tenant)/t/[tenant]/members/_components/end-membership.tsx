"use client";

import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import type { MemberRow } from "./member-row";

interface Props {
  tenant: string;
  member: MemberRow;
  isOwn: boolean;
  onClose: () => void;
}

/** Removes a member, or lets the reader leave. */
export function EndMembership({ tenant, member, isOwn, onClose }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  const end = useAction(
    async () => {
      if (isOwn) await client.members.leave.mutate({ slug: tenant });
      else await client.members.remove.mutate({ memberId: member.id });
    },
    {
      ...(isOwn ? {} : { said: `${member.email} is no longer a member.` }),
      onDone: () => {
        onClose();
        if (isOwn) router.push("/tenants");
      },
    },
  );
  const title = isOwn ? "Leave this tenant?" : `Remove ${member.email}?`;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <RefusalNotice refusal={end.refusal} />
      <p>
        {isOwn
          ? "From your next request on you see nothing of it. To come back you need a new invitation."
          : "They lose every right here from their next request on. Their receipts stay."}
      </p>
      <DialogActions onCancel={onClose}>
        <Button color="red" loading={end.isBusy} onClick={() => end.run(undefined)}>
          {isOwn ? "Leave" : "Remove"}
        </Button>
      </DialogActions>
    </Modal>
  );
}
