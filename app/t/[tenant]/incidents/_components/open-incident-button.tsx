"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const OpenIncidentDialog = dynamic(() => import("./open-incident-dialog").then((module) => module.OpenIncidentDialog), {
  ssr: false,
});

/** Opens an incident by hand. */
export function OpenIncidentButton({ tenant }: { tenant: string }) {
  return (
    <DialogButton label="Open an incident">
      {(onClose) => <OpenIncidentDialog tenant={tenant} onClose={onClose} />}
    </DialogButton>
  );
}
