"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog), { ssr: false });

export function InviteButton({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  return (
    <DialogButton label="Invite a member" isOpenAtFirst={isOpenAtFirst}>
      {(onClose) => <InviteDialog onClose={onClose} />}
    </DialogButton>
  );
}
