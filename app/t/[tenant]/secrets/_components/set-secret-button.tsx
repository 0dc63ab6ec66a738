"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const SetSecretDialog = dynamic(() => import("./set-secret-dialog").then((module) => module.SetSecretDialog), {
  ssr: false,
});

export function SetSecretButton() {
  return <DialogButton label="Set a secret">{(onClose) => <SetSecretDialog onClose={onClose} />}</DialogButton>;
}
