"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Switches the page on or off that everybody may read. */
export function StatusPageSwitch({ isOn }: { isOn: boolean }) {
  const client = useTRPCClient();
  const change = useAction(() => client.incidents.setStatusPage.mutate({ isOn: !isOn }), {
    said: isOn ? "The status page is off" : "The status page is on",
  });
  return (
    <>
      <RefusalNotice refusal={change.refusal} />
      <Button variant="default" loading={change.isBusy} onClick={() => change.run(undefined)}>
        {isOn ? "Switch it off" : "Switch it on"}
      </Button>
    </>
  );
}
