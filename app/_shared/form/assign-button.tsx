"use client";

import dynamic from "next/dynamic";
import type { AssignProps } from "./assign-dialog";
import { DialogButton } from "./dialog-button";

const AssignDialog = dynamic(() => import("./assign-dialog").then((module) => module.AssignDialog), { ssr: false });

/** Opens the form that says who sees to something, and by when. */
export function AssignButton(props: AssignProps) {
  return <DialogButton label="Assign">{(onClose) => <AssignDialog {...props} onClose={onClose} />}</DialogButton>;
}
