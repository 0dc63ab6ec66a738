"use client";

import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";

/** Asks once more, and deletes a bundle. */
export function DeleteBundle({ bundleId, period }: { bundleId: string; period: string }) {
  const client = useTRPCClient();
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <RowButton label="Delete" says={`Delete the bundle of ${period}`} isDanger onClick={() => setAsked(true)} />
      {isAsked ? (
        <LazyConfirm
          title={`Delete the bundle of ${period}?`}
          act="Delete bundle"
          run={() => client.bundles.delete.mutate({ bundleId })}
          said="The bundle is deleted."
          onClose={() => setAsked(false)}
        >
          Its file is gone then. What it was made of stays, and so does its digest among the receipts. Whoever has a
          copy keeps it.
        </LazyConfirm>
      ) : null}
    </>
  );
}
