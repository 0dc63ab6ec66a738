"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { AssignButton } from "@/app/_shared/form/assign-button";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import type { FindingStatus } from "@/server/findings/domain/finding";

const ReadyDialog = dynamic(() => import("./finding-dialogs").then((module) => module.ReadyDialog), { ssr: false });
const AcceptDialog = dynamic(() => import("./finding-dialogs").then((module) => module.AcceptDialog), { ssr: false });

interface Props {
  finding: { id: string; status: FindingStatus; isBeingTested: boolean; memberId: string | null; dueAt: string };
  /** Whom it may be assigned to; null where the reader may not assign. */
  members: { id: string; name: string }[] | null;
  /** Why the reader may not have it tested, where somebody has to; null where they may. */
  whyNoTest: string | null;
  mayClose: boolean;
  /** Whoever owns a gap accepts none of it. */
  isOwner: boolean;
}

/** What can be done about a finding, as far as it stands and the reader may. */
export function FindingActs({ finding, members, whyNoTest, mayClose, isOwner }: Props) {
  const client = useTRPCClient();
  const { id: findingId, status, isBeingTested } = finding;
  const retest = useAction(() => client.findings.retest.mutate({ findingId }), { said: "It is being tested" });
  if (status === "closed") return null;
  return (
    <>
      {members === null ? null : (
        <AssignButton
          given={finding}
          members={members}
          act={(assigned) => client.findings.assign.mutate({ findingId, ...assigned })}
        />
      )}
      {members === null || status === "ready" || status === "accepted" ? null : (
        <DialogButton label="It is done">
          {(onClose) => <ReadyDialog findingId={findingId} onClose={onClose} />}
        </DialogButton>
      )}
      {mayClose && status === "ready" && !isBeingTested && whyNoTest === null ? (
        <Button loading={retest.isBusy} onClick={() => retest.run(undefined)}>
          Test again
        </Button>
      ) : null}
      {!mayClose || isOwner || status === "accepted" ? null : (
        <DialogButton label="Accept">
          {(onClose) => <AcceptDialog findingId={findingId} onClose={onClose} />}
        </DialogButton>
      )}
      <RefusalNotice refusal={retest.refusal} />
    </>
  );
}
