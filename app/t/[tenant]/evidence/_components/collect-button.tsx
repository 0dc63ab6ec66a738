"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Has the evidence collected now; what is new is on the page seconds later. */
export function CollectButton() {
  const client = useTRPCClient();
  const ask = useAction(() => client.collectors.ask.mutate({}), {
    said: "Being collected: it is here in a few seconds",
  });
  return (
    <>
      <Button variant="default" loading={ask.isBusy} onClick={() => ask.run(undefined)}>
        Collect now
      </Button>
      <RefusalNotice refusal={ask.refusal} />
    </>
  );
}
