import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { assignable } from "@/app/_trpc/assignable";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { REFUSED_WORDS, whyNoRetest } from "@/server/findings/domain/finding";
import { gapRunbook } from "@/server/guides/domain/alerts";
import { FindingActs } from "../_components/finding-acts";
import { findingStatus } from "../_components/finding-status";

export const metadata: Metadata = { title: "Finding" };

interface Props {
  params: Promise<{ tenant: string; finding: string }>;
}

export default async function FindingPage({ params }: Props) {
  const { tenant, finding: findingId } = await params;
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, zone, members] = await Promise.all([
    attempt(api.findings.get({ findingId })),
    readerZone(),
    assignable(tenant, "finding.assign"),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Finding" about="" denial={answer.denied} />;
  const finding = answer.value;
  const { ticket, title, detail, remedy, control, owner, readyBy, readyNote, retestReason, acceptedReason } = finding;
  const standing = { status: finding.status, ownerId: owner?.userId ?? null, readyBy: readyBy?.userId ?? null };
  const refused = whyNoRetest(standing, here.readerId);
  const mayClose = hintOf(here, "finding.close").may;
  const isOverdue = finding.closedAt === null && Date.parse(finding.dueAt) <= Date.now();
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title={`${ticket}: ${title}`} about={detail}>
        <ButtonLink href={`/t/${tenant}/findings`}>All findings</ButtonLink>
        <ButtonLink href={`/t/${tenant}/receipts?subject=finding:${findingId}`}>Its receipts</ButtonLink>
        <FindingActs
          finding={{ ...finding, memberId: owner?.memberId ?? null }}
          members={members}
          whyNoTest={refused === null ? null : REFUSED_WORDS[refused]}
          mayClose={mayClose}
          isOwner={owner?.userId === here.readerId}
        />
      </PageHead>
      {isOverdue && finding.status !== "accepted" ? <Notice tone="bad" title="This finding is overdue" /> : null}
      {finding.status === "ready" && mayClose && refused !== null && refused !== "not-ready" ? (
        <Notice tone="wait" title={REFUSED_WORDS[refused]} />
      ) : null}
      <Panel title="Where it stands" aside={<Status status={findingStatus(finding)} />}>
        <Facts
          rows={[
            ["Severity", <Status key="severity" status={`severity-${finding.severity}`} />],
            ["Owner", owner?.name ?? "Nobody yet"],
            finding.closedAt === null
              ? ["Due", <Moment key="due" at={finding.dueAt} zone={zone} />]
              : ["Closed", <Moment key="closed" at={finding.closedAt} zone={zone} />],
            ["Opened", <Moment key="opened" at={finding.openedAt} zone={zone} />],
            [
              finding.times === 1 ? "Seen" : `Seen by ${finding.times} audits, last`,
              <Moment key="seen" at={finding.seenAt} zone={zone} />,
            ],
            ...(finding.acceptedUntil === null
              ? []
              : ([["Accepted until", <Moment key="until" at={finding.acceptedUntil} zone={zone} />]] as const)),
          ]}
        />
      </Panel>
      <Panel title="To close it">
        <p>{remedy}</p>
        {readyBy === null ? null : (
          <p>
            {readyBy.name} says that it is done: {readyNote}
          </p>
        )}
        {retestReason === null ? null : <p>The last test said: {retestReason}</p>}
        {acceptedReason === null ? null : <p>Accepted for now, because: {acceptedReason}</p>}
      </Panel>
      <Panel title="Shown by">
        <Facts
          rows={[
            [
              "Control",
              <a key="control" href={`/t/${tenant}/compliance/${control}`}>
                {control}
              </a>,
            ],
            ["Check", finding.key],
            [
              "Runbook",
              <a key="runbook" href={gapRunbook(finding.key)}>
                What to do about it
              </a>,
            ],
            [
              "Audit",
              <a key="audit" href={`/t/${tenant}/audits/${finding.auditId}`}>
                The audit that saw it last
              </a>,
            ],
            ["Evidence", `SHA-256 ${finding.evidenceDigest}`],
          ]}
        />
      </Panel>
      <LiveRefresh everySeconds={finding.isBeingTested ? 2 : 30} />
    </ApiProvider>
  );
}
