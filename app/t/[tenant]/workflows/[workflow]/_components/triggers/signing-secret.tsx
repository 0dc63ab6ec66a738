"use client";

import { ShownSecret } from "@/app/_shared/form/shown-secret";

interface Props {
  address: string;
  secret: string;
  onClose: () => void;
}

/** A webhook's signing secret, the one time it is shown. */
export function SigningSecret({ address, secret, onClose }: Props) {
  return (
    <ShownSecret
      secret={secret}
      address={address}
      why="Whoever holds it starts runs of this workflow."
      onClose={onClose}
    >
      POST a JSON object to the address, signed as{" "}
      <a href="https://www.standardwebhooks.com/" rel="noreferrer">
        Standard Webhooks
      </a>{" "}
      says: with <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>.
    </ShownSecret>
  );
}
