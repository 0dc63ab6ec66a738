import type { Metadata } from "next";
import { chainWords } from "@/app/_shared/chain-words";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { HoldBanner } from "@/app/_shared/holds/hold-banner";
import { HoldButtons } from "@/app/_shared/holds/hold-buttons";
import { holdActions } from "@/app/_shared/holds/hold-rights";
import { IdText } from "@/app/_shared/id-text";
import { JsonText } from "@/app/_shared/json-text";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { SideBySide } from "@/app/_shared/side-by-side";
import { Status } from "@/app/_shared/status";
import { layoutSteps } from "@/app/_shared/step-graph/layout-steps";
import { StepGraph } from "@/app/_shared/step-graph/step-graph";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { ReviewList } from "./_components/review-list";
import { StartRun } from "./_components/start-run";
import { VersionActions } from "./_components/version-actions";
import { WaitingApprovals } from "./_components/waiting-approvals";
import { VersionsTable } from "./_components/versions-table";
import { CLASS_WORDS, classOf } from "@/server/workflows/domain/execution-class";
import { chooseComparison, readComparison } from "./search-params";

/** Requests for approval of its runs that the page tells of. */
const APPROVALS_SHOWN = 5;

interface Props {
  params: Promise<{ tenant: string; workflow: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).workflow };
}

export default async function WorkflowPage({ params, searchParams }: Props) {
  const { tenant, workflow: slug } = await params;
  const api = await tenantApi(tenant);
  const [answer, holds, { here }, zone] = await Promise.all([
    attempt(api.workflows.get({ slug })),
    load(api.holds.list({})),
    enterTenant(tenant),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title={slug} denial={answer.denied} />;
  const workflow = answer.value;
  const [newest] = workflow.versions;
  if (newest === undefined) return <PageHead title={workflow.name} about="This workflow has no version yet." />;
  const published = workflow.versions.find(({ id }) => id === workflow.publishedVersionId);
  const { definition } = newest;
  const waiting = await load(api.approvals.list({ tab: "open", workflowId: workflow.id, limit: APPROVALS_SHOWN }));
  const pair = chooseComparison(workflow.versions, readComparison(await searchParams));
  const author = hintOf(here, "workflow.author");
  const on = holds.filter((hold) => hold.workflow === null || hold.workflow.id === workflow.id);
  const may = holdActions(here);
  const people = Object.fromEntries(Object.entries(workflow.people));
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title={
          <>
            {workflow.name} <Status status={newest.status} />
          </>
        }
        about={definition.description === "" ? `Version ${newest.number} is the newest.` : definition.description}
      >
        {published === undefined || on.some(({ kind }) => kind === "kill") ? null : (
          <StartRun
            tenant={tenant}
            workflowId={workflow.id}
            name={workflow.name}
            fields={published.definition.input}
            approvers={
              published.definition.approval_to_start === undefined
                ? null
                : chainWords(published.definition.approval_to_start.stages)
            }
            hint={hintOf(here, "run.start")}
          />
        )}
        <ButtonLink href={`/t/${tenant}/runs?workflow=${workflow.id}`}>Runs</ButtonLink>
        <ButtonLink href={`/t/${tenant}/workflows/${slug}/triggers`}>Triggers</ButtonLink>
        {author.may ? <ButtonLink href={`/t/${tenant}/workflows/${slug}/edit`}>Edit</ButtonLink> : null}
        <HoldButtons
          tenant={tenant}
          target={{ scope: "workflow", name: "this workflow", workflowId: workflow.id }}
          may={may}
          on={on}
        />
      </PageHead>
      <HoldBanner tenant={tenant} on={on} may={may} zone={zone} />
      <WaitingApprovals tenant={tenant} slug={slug} rows={waiting.rows} hasMore={waiting.nextCursor !== null} />
      <VersionActions
        version={{ id: newest.id, number: newest.number, status: newest.status, contentHash: newest.contentHash }}
        workflowId={workflow.id}
        publishedNumber={published?.number ?? null}
        hints={{
          submit: hintOf(here, "workflow.submit"),
          review: hintOf(here, "workflow.review"),
          publish: hintOf(here, "workflow.publish"),
          retire: hintOf(here, "workflow.retire"),
        }}
      />
      <Panel title={`Properties of version ${newest.number}`}>
        <Facts
          rows={[
            ["Address", <code key="slug">{slug}</code>],
            ["Environment", definition.attributes.environment],
            ["Region", definition.attributes.region],
            ["Risk", definition.attributes.risk_profile],
            ["Business unit", definition.attributes.business_unit],
            ["Data sensitivity", definition.attributes.data_sensitivity],
            ["Importance", definition.importance],
            ["Class of its runs", CLASS_WORDS[classOf(definition)]],
            [
              "Approval to start",
              definition.approval_to_start === undefined ? "none" : chainWords(definition.approval_to_start.stages),
            ],
            ["Published", published === undefined ? "no version" : `version ${published.number}`],
            ["Written by", newest.contributors.map((id) => people[id] ?? id).join(", ")],
            ["Content hash", <IdText key="hash" id={newest.contentHash} />],
          ]}
        />
      </Panel>
      <ReviewList reviews={workflow.reviews} people={people} currentHash={newest.contentHash} zone={zone} />
      {pair === null ? null : (
        <Panel title={`Version ${pair.from.number} and version ${pair.to.number} side by side`} isFlush>
          <SideBySide
            from={{ title: `Version ${pair.from.number}`, value: pair.from.definition }}
            to={{ title: `Version ${pair.to.number}`, value: pair.to.definition }}
            equal="Both versions have the same definition."
          />
        </Panel>
      )}
      <Panel title={`Steps of version ${newest.number}`}>
        <StepGraph layout={layoutSteps(definition.steps)} label={`Steps of ${workflow.name}`} />
      </Panel>
      <Panel title="Versions" isFlush>
        <VersionsTable
          base={`/t/${tenant}/workflows/${slug}`}
          zone={zone}
          rows={workflow.versions.map(
            ({ id, number, status, contentHash, submittedAt, publishedAt, updatedAt, contributors }) => ({
              ...{ id, number, status, contentHash, submittedAt, publishedAt, updatedAt },
              writers: contributors.map((person) => people[person] ?? person).join(", "),
            }),
          )}
        />
      </Panel>
      <Panel title={`Definition of version ${newest.number}`}>
        <JsonText label="Definition" value={definition} />
      </Panel>
    </ApiProvider>
  );
}
