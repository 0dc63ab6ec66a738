"use client";

import type { ReactNode } from "react";
import { FormDialog } from "./form-dialog";
import { useActionForm } from "./use-action-form";

export interface ConfirmProps {
  title: string;
  /** The word on the button. */
  act: string;
  run: () => Promise<unknown>;
  said?: string;
  onDone?: () => void;
  onClose: () => void;
  /** What it brings about, and what cannot be taken back. */
  children: ReactNode;
}

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog({ title, act, run, said, onDone, onClose, children }: ConfirmProps) {
  const form = useActionForm({
    initial: {},
    act: run,
    ...(said === undefined ? {} : { said }),
    onDone: () => {
      onClose();
      onDone?.();
    },
  });
  return (
    <FormDialog title={title} form={form} act={act} isDanger onClose={onClose}>
      <p>{children}</p>
    </FormDialog>
  );
}
