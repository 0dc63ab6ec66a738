"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Asks for a drill; what comes of it is on the page seconds later. */
export function DrillButton() {
  const client = useTRPCClient();
  const ask = useAction(() => client.drills.ask.mutate({}), { said: "The drill begins: it is here in a few seconds" });
  return (
    <>
      <Button loading={ask.isBusy} onClick={() => ask.run(undefined)}>
        Run a drill
      </Button>
      <RefusalNotice refusal={ask.refusal} />
    </>
  );
}
