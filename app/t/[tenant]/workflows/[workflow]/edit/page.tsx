import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, PageHead } from "@/app/_shared/page";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { LazyEditor } from "../../_components/editor/lazy-editor";

export const metadata: Metadata = { title: "Edit workflow" };

const WHAT_SAVING_DOES: Readonly<Record<string, string>> = {
  draft: "Saving changes the draft.",
  in_review: "It is in review: saving takes it back to draft, and its approvals no longer count.",
  published: "It is published: saving begins the next version, and this one keeps running.",
  retired: "It is retired: saving begins the next version.",
};

export default async function EditWorkflowPage({ params }: { params: Promise<{ tenant: string; workflow: string }> }) {
  const { tenant, workflow: slug } = await params;
  const api = await tenantApi(tenant);
  const [answer, { here }] = await Promise.all([attempt(api.workflows.get({ slug })), enterTenant(tenant)]);
  if (answer.denied !== null) return <DeniedPage title={slug} denial={answer.denied} />;
  const { id, name, versions } = answer.value;
  const [newest] = versions;
  const author = hintOf(here, "workflow.author");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title={name} about={WHAT_SAVING_DOES[newest?.status ?? "draft"]}>
        <ButtonLink href={`/t/${tenant}/workflows/${slug}`}>Back to the workflow</ButtonLink>
      </PageHead>
      {author.may && newest !== undefined ? (
        <LazyEditor
          tenant={tenant}
          initial={newest.definition}
          existing={{ workflowId: id, slug, contentHash: newest.contentHash }}
        />
      ) : (
        <Notice tone="bad" title="Not allowed">
          {author.why}
        </Notice>
      )}
    </ApiProvider>
  );
}
