"use client";

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  label: string;
  isOpenAtFirst?: boolean;
  /** Draws the dialog; it is told how to close itself. */
  children: (onClose: () => void) => ReactNode;
}

/** A button that opens a dialog. What the dialog brings along is best imported lazily. */
export function DialogButton({ label, isOpenAtFirst = false, children }: Props) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{label}</Button>
      {isOpen ? children(() => setIsOpen(false)) : null}
    </>
  );
}
