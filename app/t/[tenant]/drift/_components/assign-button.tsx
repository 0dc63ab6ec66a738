"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import type { AssignProps } from "./assign-dialog";

const AssignDialog = dynamic(() => import("./assign-dialog").then((module) => module.AssignDialog), { ssr: false });

/** Opens the form that says who sees to a difference, and by when. */
export function AssignButton(props: AssignProps) {
  return <DialogButton label="Assign">{(onClose) => <AssignDialog {...props} onClose={onClose} />}</DialogButton>;
}
