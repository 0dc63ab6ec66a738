"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { useTRPCClient } from "@/app/_trpc/client";

const AcceptDialog = dynamic(() => import("./accept-dialog").then((module) => module.AcceptDialog), { ssr: false });

/** Has the gap of a control accepted for a time. */
export function AcceptButton({ control }: { control: string }) {
  return (
    <DialogButton label="Accept the gap">
      {(onClose) => <AcceptDialog control={control} onClose={onClose} />}
    </DialogButton>
  );
}

/** Ends an acceptance before its day. */
export function EndButton({ exceptionId }: { exceptionId: string }) {
  const client = useTRPCClient();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
        End it now
      </Button>
      {isAsking ? (
        <LazyConfirm
          title="End the acceptance"
          act="End it"
          run={() => client.compliance.endException.mutate({ exceptionId })}
          said="The gap is not accepted any more"
          onClose={() => setIsAsking(false)}
        >
          The gap counts as one that nobody has accepted from now on. That it was accepted stays on record.
        </LazyConfirm>
      ) : null}
    </>
  );
}
