"use client";

import { Button } from "@mantine/core";
import { CopyText } from "@/app/_shared/copy-text";
import { Notice } from "@/app/_shared/notice";
import classes from "./signing-secret.module.css";

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
      <dl className={classes.given}>
        <dt>Signing secret</dt>
        <dd>
          <CopyText text={secret} what="signing secret" />
        </dd>
        <dt>Address</dt>
        <dd>
          <CopyText text={address} what="address" />
        </dd>
      </dl>
      <p>
        POST a JSON object to the address, signed as{" "}
        <a href="https://www.standardwebhooks.com/" rel="noreferrer">
          Standard Webhooks
        </a>{" "}
        says: with <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>.
      </p>
      <div className={classes.acts}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}
