"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const AdapterDialog = dynamic(() => import("./adapter-dialog").then((module) => module.AdapterDialog), { ssr: false });

export function RegisterButton() {
  return (
    <DialogButton label="Register an adapter">
      {(onClose) => <AdapterDialog adapter={null} onClose={onClose} />}
    </DialogButton>
  );
}
