import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { encodeCursor } from "@/server/kernel/cursor";
import { ComparedRuns } from "./_components/compared-runs";
import { RunChoice } from "./_components/run-choice";
import { readRunComparison } from "./search-params";

export const metadata: Metadata = { title: "Compare runs" };

const ABOUT = "What two runs had in common and what not: input, steps, times and outputs.";
/** Runs of a workflow to choose among. */
const OFFERED = 30;

export default async function CompareRunsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const asked = readRunComparison(await searchParams);
  const rightId = asked.right ?? asked.left;
  const api = await tenantApi(tenant);
  if (rightId === undefined)
    return (
      <>
        <PageHead title="Compare runs" about={ABOUT} />
        <Panel>
          <Empty title="Which two?" action={<ButtonLink href={`/t/${tenant}/runs`}>Open the runs</ButtonLink>}>
            Tick two runs in the list, or choose “Compare with…” on a run’s page.
          </Empty>
        </Panel>
      </>
    );
  const right = await attempt(api.runs.get({ runId: rightId }));
  if (right.denied !== null) return <DeniedPage title="Compare runs" about={ABOUT} denial={right.denied} />;
  const { id, workflow, createdAt } = right.value;
  const ofWorkflow = { workflowId: workflow.id };
  const [offered, before, zone] = await Promise.all([
    load(api.runs.list({ ...ofWorkflow, limit: OFFERED })),
    load(api.runs.list({ ...ofWorkflow, limit: 1, cursor: encodeCursor(new Date(createdAt), id) })),
    readerZone(),
  ]);
  const leftId = asked.right === undefined ? before.rows[0]?.id : (asked.left ?? before.rows[0]?.id);
  const left = leftId === undefined ? null : await attempt(api.runs.get({ runId: leftId }));
  if (left !== null && left.denied !== null)
    return <DeniedPage title="Compare runs" about={ABOUT} denial={left.denied} />;
  const shown = [right.value, ...(left === null ? [] : [left.value])];
  const others = shown
    .filter((run) => !offered.rows.some((row) => row.id === run.id))
    .map((run) => ({ id: run.id, status: run.status, version: run.workflow.version, createdAt: run.createdAt }));
  return (
    <>
      <PageHead
        title="Compare runs"
        about={
          <>
            Runs of <a href={`/t/${tenant}/workflows/${workflow.slug}`}>{workflow.definition.name}</a>
          </>
        }
      />
      <RunChoice tenant={tenant} runs={[...offered.rows, ...others]} left={left?.value.id} right={id} zone={zone} />
      {left === null ? (
        <Panel>
          <Empty title="No earlier run" action={<a href={`/t/${tenant}/runs/${id}`}>Back to the run</a>}>
            This is the first run of its workflow. Choose another one above, or start a second one.
          </Empty>
        </Panel>
      ) : (
        <ComparedRuns tenant={tenant} left={left.value} right={right.value} zone={zone} />
      )}
    </>
  );
}
