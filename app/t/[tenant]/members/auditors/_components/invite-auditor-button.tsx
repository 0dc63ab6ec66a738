"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const InviteAuditor = dynamic(() => import("./invite-auditor").then((module) => module.InviteAuditor), { ssr: false });

export function InviteAuditorButton() {
  return <DialogButton label="Invite an auditor">{(onClose) => <InviteAuditor onClose={onClose} />}</DialogButton>;
}
