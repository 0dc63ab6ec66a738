"use client";

import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { ActionForm, type FormState } from "./action-form";

interface Props {
  title: string;
  form: FormState;
  /** The word on the button. */
  act: string;
  isDanger?: boolean;
  onClose: () => void;
  /** Shown in place of the form, once there is something else to say. */
  instead?: ReactNode;
  children?: ReactNode;
}

/** A form in a dialog. It is open as long as it is drawn. */
export function FormDialog({ title, onClose, instead, ...form }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      {instead ?? <ActionForm {...form} onCancel={onClose} />}
    </Modal>
  );
}
