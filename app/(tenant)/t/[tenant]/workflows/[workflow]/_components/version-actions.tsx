"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Hint } from "@/app/_shared/hints";
import { Panel } from "@/app/_shared/page";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import type { VersionStatus } from "@/server/workflows/domain/version-status";
import classes from "./version-actions.module.css";

const ReviewDialog = dynamic(() => import("./review-dialog").then((module) => module.ReviewDialog), { ssr: false });

interface Props {
  version: { id: string; number: number; status: VersionStatus; contentHash: string };
  workflowId: string;
  isPublished: boolean;
  hints: Record<"submit" | "review" | "publish" | "retire", Hint>;
}

const WHAT_NOW: Readonly<Record<VersionStatus, string>> = {
  draft: "A draft. It can be edited until it is submitted for review.",
  in_review: "Waiting for a reviewer who did not write it. An edit takes it back to draft.",
  published: "This is the version that runs. An edit begins the next one.",
  retired: "Out of use. An edit begins the next version.",
};

/** Where the newest version stands, and what may happen to it next. */
export function VersionActions({ version, workflowId, isPublished, hints }: Props) {
  const client = useTRPCClient();
  const { id: versionId, contentHash, status, number } = version;
  const [verdict, setVerdict] = useState<"approved" | "changes_requested" | null>(null);
  const submit = useAction(() => client.workflows.submit.mutate({ versionId }), { said: "Submitted for review." });
  const publish = useAction(() => client.workflows.publish.mutate({ versionId, contentHash }), {
    said: `Version ${number} is published.`,
  });
  const retire = useAction(() => client.workflows.retire.mutate({ workflowId }), {
    said: "Retired: no new run starts.",
  });
  const blocked = status === "draft" ? hints.submit : status === "in_review" ? hints.review : null;
  return (
    <Panel>
      <RefusalNotice refusal={submit.refusal ?? publish.refusal ?? retire.refusal} />
      <div className={classes.row}>
        <p className={classes.words}>
          <strong>Version {number}.</strong> {WHAT_NOW[status]} {blocked === null || blocked.may ? null : blocked.why}
        </p>
        {status === "draft" && hints.submit.may ? (
          <Button onClick={() => submit.run(undefined)} loading={submit.isBusy}>
            Submit for review
          </Button>
        ) : null}
        {status === "in_review" && hints.review.may ? (
          <>
            <Button variant="default" onClick={() => setVerdict("changes_requested")}>
              Request changes
            </Button>
            <Button variant="default" onClick={() => setVerdict("approved")}>
              Approve
            </Button>
          </>
        ) : null}
        {status === "in_review" && hints.publish.may ? (
          <Button onClick={() => publish.run(undefined)} loading={publish.isBusy}>
            Publish
          </Button>
        ) : null}
        {isPublished && hints.retire.may ? (
          <Button variant="default" onClick={() => retire.run(undefined)} loading={retire.isBusy}>
            Retire
          </Button>
        ) : null}
      </div>
      {verdict === null ? null : <ReviewDialog version={version} verdict={verdict} onClose={() => setVerdict(null)} />}
    </Panel>
  );
}
