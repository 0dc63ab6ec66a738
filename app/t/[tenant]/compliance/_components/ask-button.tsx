"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Has every control looked at; how far that is stands on the page. */
export function AskButton() {
  const client = useTRPCClient();
  const ask = useAction(() => client.compliance.ask.mutate({}), { said: "Every control is looked at now" });
  return (
    <>
      <Button loading={ask.isBusy} onClick={() => ask.run(undefined)}>
        Look now
      </Button>
      <RefusalNotice refusal={ask.refusal} />
    </>
  );
}
