import type { Metadata } from "next";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { statusWord } from "@/app/_shared/status";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { isFinal, RUN_STATUSES } from "@/server/runs/domain/status";
import { RunsTable } from "./_components/runs-table";
import { readRunsParams, runsHref } from "./search-params";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { status, cursor } = readRunsParams(await searchParams);
  const api = await tenantApi(tenant);
  const page = await load(api.runs.list({ status, cursor }));
  const tabs = [
    { href: runsHref(tenant, {}), name: "All", isHere: status === undefined },
    ...RUN_STATUSES.map((each) => ({
      href: runsHref(tenant, { status: each }),
      name: statusWord(each),
      isHere: status === each,
    })),
  ];
  return (
    <>
      <PageHead title="Runs" about="Every run up to your clearance, newest first." />
      <LinkTabs label="Runs by status" tabs={tabs} />
      <Panel isFlush>
        {page.rows.length === 0 && (status !== undefined || cursor !== undefined) ? (
          <Empty
            title={status === undefined ? "No run on this page" : `No run is ${statusWord(status).toLowerCase()}`}
            action={<a href={runsHref(tenant, {})}>Show all runs</a>}
          >
            Choose another status above, or look at all of them.
          </Empty>
        ) : page.rows.length === 0 ? (
          <Empty
            title="Nothing has run yet"
            action={<ButtonLink href={`/t/${tenant}/workflows`}>Open the workflows</ButtonLink>}
          >
            Publish a workflow, then start it from its page. Its runs appear here while they move.
          </Empty>
        ) : (
          <RunsTable
            tenant={tenant}
            rows={page.rows}
            zone={await readerZone()}
            now={Date.now()}
            {...pageLinks(cursor, page.nextCursor, (at) => runsHref(tenant, { status, cursor: at }))}
          />
        )}
      </Panel>
      {page.rows.some((row) => !isFinal(row.status)) ? <LiveRefresh everySeconds={3} /> : null}
    </>
  );
}
