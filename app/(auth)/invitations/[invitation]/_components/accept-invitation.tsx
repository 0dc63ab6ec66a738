"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

interface Props {
  link: { invitationId: string; token: string };
  tenantName: string;
}

export function AcceptInvitation({ link, tenantName }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  const accept = useAction(() => client.members.acceptInvitation.mutate(link), {
    onDone: ({ slug }) => router.push(`/t/${slug}/switchboard`),
  });
  return (
    <>
      <RefusalNotice refusal={accept.refusal} />
      <Button size="sm" onClick={() => accept.run(undefined)} loading={accept.isBusy || accept.isDone}>
        Join {tenantName}
      </Button>
    </>
  );
}
