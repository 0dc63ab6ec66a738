"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import type { Hint } from "@/app/_shared/hints";
import type { InputFields } from "./run-input";

const StartDialog = dynamic(() => import("./start-dialog").then((module) => module.StartDialog), { ssr: false });

interface Props {
  tenant: string;
  workflowId: string;
  name: string;
  fields: InputFields;
  /** Who must approve the start before it begins, in words; null where nobody is asked. */
  approvers: string | null;
  hint: Hint;
}

/** Starts a run of the published version. */
export function StartRun({ hint, ...dialog }: Props) {
  if (!hint.may) return null;
  return <DialogButton label="Start a run">{(onClose) => <StartDialog {...dialog} onClose={onClose} />}</DialogButton>;
}
