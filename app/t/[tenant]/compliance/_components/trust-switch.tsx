"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Publishes the trust page, or withdraws it for everybody. */
export function TrustSwitch({ isOn }: { isOn: boolean }) {
  const client = useTRPCClient();
  const change = useAction(() => (isOn ? client.trustPages.withdraw : client.trustPages.publish).mutate({}), {
    said: isOn ? "The trust page is withdrawn" : "The trust page is published",
  });
  return (
    <>
      <RefusalNotice refusal={change.refusal} />
      <Button variant="default" loading={change.isBusy} onClick={() => change.run(undefined)}>
        {isOn ? "Withdraw it" : "Publish it"}
      </Button>
    </>
  );
}
