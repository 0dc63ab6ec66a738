import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { durationText } from "@/app/_shared/duration";
import { IdText } from "@/app/_shared/id-text";
import { JsonText } from "@/app/_shared/json-text";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ChainStages } from "./_components/chain-stages";
import classes from "./_components/chain-stages.module.css";
import { DecideButtons } from "./_components/decide-buttons";
import { readApprovalParams } from "./search-params";

interface Props {
  params: Promise<{ tenant: string; approval: string }>;
  searchParams: SearchParams;
}

/** What a mailed link is to its reader, where that keeps them from deciding. */
function LinkNotice({ state, plainHref }: { state: "used" | "foreign"; plainHref: string }) {
  if (state === "used")
    return (
      <Notice tone="off" title="This link was used already">
        A link is good for one decision, and its own was made.
      </Notice>
    );
  return (
    <Notice tone="bad" title="This link was made for somebody else">
      Nothing is decided by it. Who may decide here can do so <a href={plainHref}>without the link</a>.
    </Notice>
  );
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: `Approval …${(await params).approval.slice(-8)}` };
}

export default async function ApprovalPage({ params, searchParams }: Props) {
  const { tenant, approval: approvalId } = await params;
  const { link } = readApprovalParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.approvals.get({ approvalId, link })), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Approval" denial={answer.denied} />;
  const { title, details, status, workflow, run, whyNot, linkState, ...request } = answer.value;
  const isOpen = status === "pending";
  const isBarred = linkState === "used" || linkState === "foreign";
  const { contentHash, dueAt } = request;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title={
          <>
            {title} <Status status={status} />
          </>
        }
        about={
          <>
            {request.taskId === null
              ? "A run that waits to start"
              : `The step “${request.stepName ?? request.taskId}” of a run`}{" "}
            of <a href={`/t/${tenant}/workflows/${workflow.slug}`}>{workflow.name}</a>, version {workflow.version}
          </>
        }
      >
        {whyNot === null && !isBarred ? <DecideButtons request={{ approvalId, title, contentHash, link }} /> : null}
        <ButtonLink href={`/t/${tenant}/runs/${run.id}`}>See the run</ButtonLink>
      </PageHead>
      {isBarred ? <LinkNotice state={linkState} plainHref={`/t/${tenant}/approvals/${approvalId}`} /> : null}
      {whyNot === null || (isBarred && isOpen) ? null : (
        <Notice tone={isOpen ? "wait" : "off"} title={isOpen ? "You cannot decide this" : "Nothing is to be decided"}>
          {whyNot}
        </Notice>
      )}
      {details === "" ? null : (
        <Panel title="What to know">
          <p className={classes.details}>{details}</p>
        </Panel>
      )}
      <Panel title="Who is asked" isFlush>
        <ChainStages stages={request.stages} stage={request.stage} dueAt={isOpen ? dueAt : null} zone={zone} />
      </Panel>
      <Panel title="What it is about">
        <Facts
          rows={[
            ["Asked by", request.requestedByName],
            ["Asked at", <Moment key="asked" at={request.createdAt} zone={zone} />],
            isOpen
              ? ["Time left", durationText(Math.max(0, Date.parse(dueAt) - Date.now()))]
              : ["Ended", <Moment key="ended" at={request.endedAt} zone={zone} />],
            ["Environment", run.environment],
            ["Risk", run.riskProfile],
            ["Run", <IdText key="run" id={run.id} />],
            ["Content hash", <IdText key="hash" id={contentHash} />],
          ]}
        />
      </Panel>
      <Panel title="Input of the run">
        <JsonText label="Input of the run" value={run.input} />
      </Panel>
      <p>
        <a href={`/t/${tenant}/receipts?subject=${encodeURIComponent(`approval:${approvalId}`)}`}>
          Receipts of this request
        </a>
      </p>
    </ApiProvider>
  );
}
