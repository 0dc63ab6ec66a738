import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { statusWord } from "@/app/_shared/status";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { isSettled, SEVERITIES } from "@/server/findings/domain/finding";
import { summaryOf } from "@/server/findings/domain/document";
import { FindingsTable } from "./_components/findings-table";
import { findingsHref, readFindingsParams } from "./search-params";

export const metadata: Metadata = { title: "Findings" };

const ABOUT =
  "Gaps that audits found. A finding closes only when its check passes again, and somebody else than its owner has asked for that.";

const DOCUMENTS = [
  ["PDF", "pdf"],
  ["Markdown", "md"],
  ["CSV", "csv"],
  ["OSCAL", "oscal"],
] as const;

export default async function FindingsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { state, severity } = readFindingsParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.findings.list({ state: "all" })), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Findings" about={ABOUT} denial={answer.denied} />;
  const all = answer.value.rows;
  const at = new Date().toISOString();
  const inState = (wanted: typeof state) =>
    all.filter(({ status }) => wanted === "all" || isSettled(status) === (wanted === "settled"));
  const rows = inState(state).filter((row) => severity === undefined || row.severity === severity);
  const overdue = inState("open").filter(({ dueAt }) => dueAt <= at).length;
  const count = (of: (typeof SEVERITIES)[number]) => inState(state).filter((row) => row.severity === of).length;
  return (
    <>
      <PageHead title="Findings" about={ABOUT}>
        <ButtonLink href={`/t/${tenant}/audits`}>Audits</ButtonLink>
        {all.length === 0
          ? null
          : DOCUMENTS.map(([name, as]) => (
              <ButtonLink key={as} href={`/t/${tenant}/findings/export?as=${as}`}>
                {name}
              </ButtonLink>
            ))}
      </PageHead>
      {all.length === 0 ? null : (
        <Notice tone={overdue > 0 ? "bad" : inState("open").length > 0 ? "wait" : "ok"} title={summaryOf(all, at)} />
      )}
      <LinkTabs
        label="Findings"
        tabs={(["open", "settled", "all"] as const).map((each) => ({
          name: `${{ open: "Open", settled: "Settled", all: "All" }[each]} (${inState(each).length})`,
          isHere: each === state,
          href: findingsHref(tenant, { state: each, severity }),
        }))}
      />
      <LinkTabs
        label="Severity"
        tabs={[
          { name: "Any", isHere: severity === undefined, href: findingsHref(tenant, { state }) },
          ...SEVERITIES.map((each) => ({
            name: `${statusWord(`severity-${each}`)} (${count(each)})`,
            isHere: each === severity,
            href: findingsHref(tenant, { state, severity: each }),
          })),
        ]}
      />
      <Panel isFlush>
        {rows.length > 0 ? (
          <FindingsTable tenant={tenant} zone={zone} rows={rows} />
        ) : all.length === 0 ? (
          <Empty title="No finding yet" action={<a href={`/t/${tenant}/audits`}>See audits</a>}>
            An audit files one for each gap that it finds.
          </Empty>
        ) : (
          <Empty title="No such finding" action={<a href={findingsHref(tenant, { state: "all" })}>Show all</a>}>
            {state === "open" && severity === undefined ? "Nobody has to do anything." : "None is of this kind."}
          </Empty>
        )}
      </Panel>
      <LiveRefresh everySeconds={all.some(({ isBeingTested }) => isBeingTested) ? 2 : 30} />
    </>
  );
}
