"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const BuildDialog = dynamic(() => import("./build-dialog").then((module) => module.BuildDialog), { ssr: false });

/** Has a bundle built. */
export function BuildButton() {
  return <DialogButton label="Build a bundle">{(onClose) => <BuildDialog onClose={onClose} />}</DialogButton>;
}
