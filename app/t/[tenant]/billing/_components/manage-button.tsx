"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Leads to the seller's portal: cards, address and tax numbers. */
export function ManageButton() {
  const client = useTRPCClient();
  const { run, isBusy, isDone, refusal } = useAction((_: null) => client.billing.portal.mutate({}), {
    onDone: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      <RefusalNotice refusal={refusal} />
      <Button variant="default" loading={isBusy || isDone} onClick={() => run(null)}>
        Cards and address
      </Button>
    </>
  );
}
