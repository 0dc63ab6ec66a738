"use client";

import { Button, CopyButton } from "@mantine/core";
import { Notice } from "@/app/_shared/notice";

interface Props {
  address: string;
  secret: string;
  onClose: () => void;
}

/** A webhook's signing secret, the one time it is shown. */
export function SigningSecret({ address, secret, onClose }: Props) {
  return (
    <>
      <Notice tone="wait" title="Copy the signing secret now">
        It is shown this once. Whoever holds it starts runs of this workflow.
      </Notice>
      <p style={{ overflowWrap: "anywhere" }}>
        <code aria-label="Signing secret">{secret}</code>
      </p>
      <p style={{ overflowWrap: "anywhere" }}>
        POST a JSON object to <code aria-label="Address">{address}</code>, signed as{" "}
        <a href="https://www.standardwebhooks.com/" rel="noreferrer">
          Standard Webhooks
        </a>{" "}
        says: with <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>.
      </p>
      <div style={{ display: "flex", gap: 8, justifyContent: "flex-end", marginTop: 20 }}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy secret"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}
