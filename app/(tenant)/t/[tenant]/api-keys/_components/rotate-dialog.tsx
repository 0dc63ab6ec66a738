"use client";

import { Button, Modal, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { DialogActions } from "@/app/_shared/dialog-actions";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import type { KeyRow } from "./key-row";
import { KeySecret } from "./key-secret";

const GRACE = [
  { value: "24", label: "24 hours longer" },
  { value: "1", label: "1 hour longer" },
  { value: "0", label: "not at all: it ends now" },
];

/** Gives a key a new secret, shown once; the one before opens until its grace is over. */
export function RotateDialog({ apiKey, onClose }: { apiKey: KeyRow; onClose: () => void }) {
  const [grace, setGrace] = useState("24");
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const rotate = useAction(
    (hours: number) => client.apiKeys.rotate.mutate({ apiKeyId: apiKey.id, graceHours: hours }),
    { onDone: ({ key }) => setSecret(key) },
  );
  return (
    <Modal opened onClose={onClose} title={`Rotate ${apiKey.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      {secret !== null ? (
        <KeySecret secret={secret} onClose={onClose} />
      ) : (
        <>
          <RefusalNotice refusal={rotate.refusal} />
          <NativeSelect
            label="The key in use now opens"
            data={GRACE}
            value={grace}
            onChange={(event) => setGrace(event.currentTarget.value)}
          />
          <DialogActions onCancel={onClose}>
            <Button loading={rotate.isBusy} onClick={() => rotate.run(Number(grace))}>
              Rotate key
            </Button>
          </DialogActions>
        </>
      )}
    </Modal>
  );
}
