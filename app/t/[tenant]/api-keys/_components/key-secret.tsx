"use client";

import { Button, CopyButton } from "@mantine/core";
import { Notice } from "@/app/_shared/notice";

/** A key's secret, the one time it is shown. */
export function KeySecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <>
      <Notice tone="wait" title="Copy the key now">
        It is shown this once. Whoever holds it acts with its rights.
      </Notice>
      <p style={{ overflowWrap: "anywhere" }}>
        <code aria-label="Key">{secret}</code>
      </p>
      <p>
        Send it as <code>Authorization: Bearer …</code> to <code>/api/v1</code>. What is there to call:{" "}
        <a href="/api/v1/openapi.json">openapi.json</a>.
      </p>
      <div style={{ display: "flex", gap: 8, justifyContent: "flex-end", marginTop: 20 }}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy key"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}
