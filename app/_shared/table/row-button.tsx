"use client";

import { Button } from "@mantine/core";

interface Props {
  label: string;
  /** What the button does to which row, for those who hear it out of its row. */
  says: string;
  isDanger?: boolean;
  onClick: () => void;
}

/** A button of one row. */
export function RowButton({ label, says, isDanger = false, onClick }: Props) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={says}
      onClick={onClick}
      {...(isDanger ? { color: "red" } : {})}
    >
      {label}
    </Button>
  );
}
