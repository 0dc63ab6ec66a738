import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { SearchForm } from "@/app/_shared/search-form";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { WorkflowsTable } from "./_components/workflows-table";
import { readWorkflowsParams, workflowsHref } from "./search-params";

export const metadata: Metadata = { title: "Workflows" };

export default async function WorkflowsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { text, cursor } = readWorkflowsParams(await searchParams);
  const api = await tenantApi(tenant);
  const [page, { here }, zone] = await Promise.all([
    load(api.workflows.list({ text, cursor })),
    enterTenant(tenant),
    readerZone(),
  ]);
  const author = hintOf(here, "workflow.author");
  const isAllThereIs = text === undefined && cursor === undefined && page.nextCursor === null;
  const write = (
    <ButtonLink href={`/t/${tenant}/workflows/new`} isMain>
      Write a workflow
    </ButtonLink>
  );
  return (
    <>
      <PageHead
        title="Workflows"
        about="What this tenant can run. A second person reviews each version before it runs."
      >
        {author.may ? write : null}
      </PageHead>
      {isAllThereIs ? null : (
        <SearchForm action={`/t/${tenant}/workflows`} label="Search all workflows by name or address" text={text} />
      )}
      <Panel isFlush>
        {page.rows.length === 0 ? (
          text === undefined ? (
            <Empty title="No workflow yet" action={author.may ? write : null}>
              {author.may
                ? "Begin with two steps: fetch something over HTTP, then tell somebody what came of it."
                : `Nobody has written one yet. ${author.why}`}
            </Empty>
          ) : (
            <Empty
              title={`No workflow is called “${text}”`}
              action={<a href={workflowsHref(tenant, {})}>Show all workflows</a>}
            >
              Search for a part of its name or of its address.
            </Empty>
          )
        ) : (
          <WorkflowsTable
            tenant={tenant}
            rows={page.rows}
            zone={zone}
            {...pageLinks(cursor, page.nextCursor, (at) => workflowsHref(tenant, { text, cursor: at }))}
          />
        )}
      </Panel>
    </>
  );
}
