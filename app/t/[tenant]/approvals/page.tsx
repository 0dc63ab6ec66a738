import type { Metadata } from "next";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { SearchForm } from "@/app/_shared/search-form";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ApprovalsTable } from "./_components/approvals-table";
import { approvalsHref, type ApprovalTab, readApprovalsParams } from "./search-params";

export const metadata: Metadata = { title: "Approvals" };

const TABS: Readonly<Record<ApprovalTab, { name: string; none: string; says: string }>> = {
  mine: {
    name: "Waiting for me",
    none: "Nothing waits for you",
    says: "Here stands what you can decide now: your role is asked, and you neither wrote nor started it.",
  },
  others: {
    name: "Waiting for others",
    none: "Nothing waits for others",
    says: "Here stands what asks another role, what you wrote or started, and what you have decided about already.",
  },
  decided: {
    name: "Decided",
    none: "Nothing was decided yet",
    says: "Here stands what was approved or rejected, what has expired, and what is void as its run ended.",
  },
};

export default async function ApprovalsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { tab, text, cursor } = readApprovalsParams(await searchParams);
  const api = await tenantApi(tenant);
  const [page, zone] = await Promise.all([load(api.approvals.list({ tab, text, cursor })), readerZone()]);
  const { none, says } = TABS[tab];
  const isAllThereIs = text === undefined && cursor === undefined && page.nextCursor === null;
  return (
    <>
      <PageHead
        title="Approvals"
        about="What waits for a person: steps of runs, and runs before they start. Bound to one definition, by its content hash."
      />
      <LinkTabs
        label="Approvals"
        tabs={Object.entries(TABS).map(([id, { name }]) => ({
          ...{ name, isHere: id === tab, href: approvalsHref(tenant, { tab: id as ApprovalTab }) },
        }))}
      />
      {isAllThereIs && page.rows.length === 0 ? null : (
        <SearchForm
          action={`/t/${tenant}/approvals`}
          label="Search by what is asked, or by workflow"
          text={text}
          keeps={{ tab }}
        />
      )}
      <Panel isFlush>
        {page.rows.length === 0 ? (
          text === undefined ? (
            <Empty title={none}>{says}</Empty>
          ) : (
            <Empty
              title={`Nothing here asks “${text}”`}
              action={<a href={approvalsHref(tenant, { tab })}>Show all of them</a>}
            >
              Search for a part of what is asked, or of the name or address of its workflow.
            </Empty>
          )
        ) : (
          <ApprovalsTable
            tenant={tenant}
            rows={page.rows}
            isOver={tab === "decided"}
            zone={zone}
            {...pageLinks(cursor, page.nextCursor, (at) => approvalsHref(tenant, { tab, text, cursor: at }))}
          />
        )}
      </Panel>
    </>
  );
}
