"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import type { SignerTitle } from "@/policies/entitlements/signing";

interface Props {
  title: SignerTitle;
  /** Of what the reader has before them: nothing else is signed. */
  contentHash: string;
  label: string;
}

/** Signs the catalogue as it is shown, in one title. */
export function SignButton({ title, contentHash, label }: Props) {
  const client = useTRPCClient();
  const { run, isBusy, refusal } = useAction((_: null) => client.billing.signCatalogue.mutate({ title, contentHash }), {
    said: "Signed.",
  });
  return (
    <>
      <RefusalNotice refusal={refusal} />
      <Button variant="default" loading={isBusy} onClick={() => run(null)} style={{ marginRight: 8 }}>
        {label}
      </Button>
    </>
  );
}
