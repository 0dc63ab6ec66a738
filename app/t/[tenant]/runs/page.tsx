import type { Metadata } from "next";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Notice } from "@/app/_shared/notice";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { statusWord } from "@/app/_shared/status";
import { load, refusalIn } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { isFinal, RUN_STATUSES } from "@/server/runs/domain/status";
import { RunFilter } from "./_components/run-filter";
import { RunsTable } from "./_components/runs-table";
import { asked, exportHref, isNarrowed, readRunsParams, runsHref } from "./search-params";

export const metadata: Metadata = { title: "Runs" };

/** A text that means too many things is no fault of the address: the page says so in place of the list. */
function orTooWide(error: unknown): null {
  if (refusalIn(error)?.details.reason === "too-wide") return null;
  throw error;
}

export default async function RunsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const given = await searchParams;
  const { cursor, filters } = readRunsParams(given);
  const zone = await readerZone();
  const now = Date.now();
  const api = await tenantApi(tenant);
  const [page, workflows] = await Promise.all([
    load(api.runs.list({ ...asked(filters, zone, now), cursor }).catch(orTooWide)),
    load(api.workflows.list({ limit: 100 })),
  ]);
  const { status } = filters;
  const tabs = [undefined, ...RUN_STATUSES].map((each) => ({
    href: runsHref(tenant, { ...filters, status: each }),
    name: each === undefined ? "All" : statusWord(each),
    isHere: status === each,
  }));
  const showAll = <a href={runsHref(tenant, {})}>Show all runs</a>;
  return (
    <>
      <PageHead title="Runs" about="Every run up to your clearance, newest first." />
      {given.place === "lost" ? (
        <Notice tone="wait" title="This is the beginning of the list">
          The place that the address named is not one that this list gave out.
        </Notice>
      ) : null}
      <LinkTabs label="Runs by status" tabs={tabs} />
      <RunFilter tenant={tenant} filters={filters} workflows={workflows.rows.map(({ id, name }) => ({ id, name }))} />
      <Panel isFlush>
        {page === null ? (
          <Empty title="Too many things are called like this" action={showAll}>
            More than 200 workflows, or people, match a text of the filter. Write more of it.
          </Empty>
        ) : page.rows.length > 0 ? (
          <RunsTable
            tenant={tenant}
            rows={page.rows}
            zone={zone}
            now={now}
            exportAction={exportHref(tenant, filters)}
            {...pageLinks(cursor, page.nextCursor, (at) => runsHref(tenant, filters, at))}
          />
        ) : isNarrowed(filters) || cursor !== undefined ? (
          <Empty title={cursor === undefined ? "No run matches" : "No run on this page"} action={showAll}>
            No run within your clearance is all of this at once. Take a filter away, or widen the time: days are days of
            the zone {zone}.
          </Empty>
        ) : (
          <Empty
            title="Nothing has run yet"
            action={<ButtonLink href={`/t/${tenant}/workflows`}>Open the workflows</ButtonLink>}
          >
            Publish a workflow, then start it from its page. Its runs appear here while they move.
          </Empty>
        )}
      </Panel>
      {page?.rows.some((row) => !isFinal(row.status)) === true ? <LiveRefresh everySeconds={3} /> : null}
    </>
  );
}
