"use client";

import { ShownSecret } from "@/app/_shared/form/shown-secret";

/** An adapter's signing secret, the one time it is shown, and what to do with it. */
export function AdapterSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <ShownSecret secret={secret} why="Whoever holds it can call the adapter as this tenant." onClose={onClose}>
      Each call is a POST of a JSON object, signed as{" "}
      <a href="https://www.standardwebhooks.com/" rel="noreferrer">
        Standard Webhooks
      </a>{" "}
      says. The adapter checks <code>webhook-signature</code> with this secret, and tells a repeat by its{" "}
      <code>webhook-id</code>. It answers with JSON.
    </ShownSecret>
  );
}
