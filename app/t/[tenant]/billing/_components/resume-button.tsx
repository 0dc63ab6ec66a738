"use client";

import { Button } from "@mantine/core";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Takes a cancellation back before it has come to its end. */
export function ResumeButton() {
  const client = useTRPCClient();
  const { run, isBusy, refusal } = useAction((_: null) => client.billing.resume.mutate({}), {
    said: "The plan goes on.",
  });
  return (
    <>
      <RefusalNotice refusal={refusal} />
      <Button size="xs" loading={isBusy} onClick={() => run(null)}>
        Take the cancellation back
      </Button>
    </>
  );
}
