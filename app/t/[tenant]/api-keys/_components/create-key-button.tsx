"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const CreateKeyDialog = dynamic(() => import("./create-key-dialog").then((module) => module.CreateKeyDialog), {
  ssr: false,
});

export function CreateKeyButton() {
  return <DialogButton label="Create a key">{(onClose) => <CreateKeyDialog onClose={onClose} />}</DialogButton>;
}
