import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { Notice } from "@/app/_shared/notice";
import { PageHead } from "@/app/_shared/page";
import { ApiProvider } from "@/app/_trpc/client";
import { enterTenant } from "@/app/_trpc/tenant";
import { FIRST_DRAFT } from "../_components/editor/draft";
import { LazyEditor } from "../_components/editor/lazy-editor";

export const metadata: Metadata = { title: "New workflow" };

export default async function NewWorkflowPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const [region = ""] = here.regions;
  const firstDraft = { ...FIRST_DRAFT, attributes: { ...FIRST_DRAFT.attributes, region } };
  const author = hintOf(here, "workflow.author");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title="New workflow"
        about="Begins as a draft. It runs once a second person has reviewed and published it."
      />
      {author.may ? (
        <LazyEditor tenant={tenant} initial={firstDraft} />
      ) : (
        <Notice tone="bad" title="Not allowed">
          {author.why}
        </Notice>
      )}
    </ApiProvider>
  );
}
