"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
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
  /** Number of the version that runs; null while none does. */
  publishedNumber: number | null;
  hints: Record<"submit" | "review" | "publish" | "retire", Hint>;
}

const WHAT_NOW: Readonly<Record<VersionStatus, string>> = {
  draft: "A draft. It can be edited until it is submitted for review.",
  in_review: "Waiting for a reviewer who did not write it. An edit takes it back to draft.",
  published: "This is the version that runs. An edit begins the next one.",
  retired: "Out of use. An edit begins the next version.",
};

/** What a version in this state waits for, and whether the reader's roles can do it. */
function nextStep(status: VersionStatus, { submit, review }: Props["hints"]): string {
  if (status === "draft" && !submit.may) return `Submitting it: ${submit.why}`;
  if (status === "in_review" && !review.may) return `Reviewing it: ${review.why}`;
  return "";
}

/** Where the newest version stands, and what may happen to it next. */
export function VersionActions({ version, workflowId, publishedNumber, hints }: Props) {
  const client = useTRPCClient();
  const { id: versionId, contentHash, status, number } = version;
  const [verdict, setVerdict] = useState<"approved" | "changes_requested" | null>(null);
  const submit = useAction(() => client.workflows.submit.mutate({ versionId }), { said: "Submitted for review." });
  const publish = useAction(() => client.workflows.publish.mutate({ versionId, contentHash }), {
    said: `Version ${number} is published.`,
  });
  const [isRetiring, setIsRetiring] = useState(false);
  return (
    <Panel>
      <RefusalNotice refusal={submit.refusal ?? publish.refusal} />
      <div className={classes.row}>
        <p className={classes.words}>
          <strong>Version {number}.</strong> {WHAT_NOW[status]}{" "}
          {publishedNumber === null || publishedNumber === number
            ? ""
            : `Version ${publishedNumber} runs until this one is published. `}
          {nextStep(status, hints)}
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
        {publishedNumber !== null && hints.retire.may ? (
          <Button variant="default" onClick={() => setIsRetiring(true)}>
            Retire version {publishedNumber}
          </Button>
        ) : null}
      </div>
      {isRetiring ? (
        <LazyConfirm
          title={`Retire version ${publishedNumber}?`}
          act="Retire"
          run={() => client.workflows.retire.mutate({ workflowId })}
          said="Retired: no new run starts."
          onClose={() => setIsRetiring(false)}
        >
          No new run starts. Runs that have begun go on. To run it again, publish a new version.
        </LazyConfirm>
      ) : null}
      {verdict === null ? null : <ReviewDialog version={version} verdict={verdict} onClose={() => setVerdict(null)} />}
    </Panel>
  );
}
