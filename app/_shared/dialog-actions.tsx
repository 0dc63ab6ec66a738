"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";

/** The foot of a dialog: the way back, then what it is for. */
export function DialogActions({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 8, justifyContent: "flex-end", marginTop: 20 }}>
      <Button variant="default" onClick={onCancel}>
        Back
      </Button>
      {children}
    </div>
  );
}
