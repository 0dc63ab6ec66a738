"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Has the product audited; how far that is stands on the page. */
export function AskButton() {
  const client = useTRPCClient();
  const ask = useAction(() => client.audits.ask.mutate({}), { said: "The audit has begun" });
  return (
    <>
      <Button loading={ask.isBusy} onClick={() => ask.run(undefined)}>
        Audit now
      </Button>
      <RefusalNotice refusal={ask.refusal} />
    </>
  );
}
