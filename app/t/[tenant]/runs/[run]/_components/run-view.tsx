"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Hint } from "@/app/_shared/hints";
import { IdText } from "@/app/_shared/id-text";
import { JsonText } from "@/app/_shared/json-text";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import { durationText, elapsedMs } from "@/app/_shared/duration";
import { Status, statusWord } from "@/app/_shared/status";
import type { StepLayout } from "@/app/_shared/step-graph/layout-steps";
import { StepGraph } from "@/app/_shared/step-graph/step-graph";
import { useTRPCClient } from "@/app/_trpc/client";
import { isFinal } from "@/server/runs/domain/status";
import type { RunDetail } from "./run-detail";
import { StepTimeline } from "./step-timeline";
import { StopRun } from "./stop-run";

const POLL_MS = 1_000;

interface Props {
  tenant: string;
  first: RunDetail;
  layout: StepLayout;
  zone: string;
  now: number;
  cancel: Hint;
  kill: Hint;
}

/** "Now", moving while something still runs; the server's clock to begin with, so that both sides draw the same. */
function useNow(start: number, isMoving: boolean): number {
  const [now, setNow] = useState(start);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => setNow(Date.now()), POLL_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return now;
}

/** Why a run is queued, when a pause keeps it there. */
function WaitsFor({ pauses, zone }: { pauses: NonNullable<RunDetail["waitsFor"]>; zone: string }) {
  if (pauses.length === 0)
    return (
      <Notice tone="wait" title="Queued">
        The pause was lifted. Runs begin in the order in which they were asked for, and this one follows.
      </Notice>
    );
  return pauses.map(({ scope, reason, setByName, setAt }) => (
    <Notice key={setAt} tone="wait" title={`Queued: this ${scope} is paused`}>
      {`${reason} (${setByName}, `}
      <Moment at={setAt} zone={zone} />)
    </Notice>
  ));
}

/** One run. What the server drew is the start; while the run moves it is asked about again each second. */
export function RunView({ tenant, first, layout, zone, now: start, cancel, kill }: Props) {
  const client = useTRPCClient();
  const asked = useQuery<RunDetail>({
    queryKey: ["run", first.id],
    queryFn: () => client.runs.get.query({ runId: first.id }),
    initialData: first,
    enabled: !isFinal(first.status),
    refetchInterval: (query) => (query.state.data !== undefined && isFinal(query.state.data.status) ? false : POLL_MS),
  });
  const run = asked.data;
  const isMoving = !isFinal(run.status);
  const now = useNow(start, isMoving);
  const took = elapsedMs(run.startedAt, run.endedAt, now);
  const { slug, version, definition } = run.workflow;
  return (
    <>
      <PageHead
        title={
          <>
            {definition.name} <Status status={run.waitsFor === null ? run.status : "paused"} />
          </>
        }
        about={
          <>
            Version {version} of <a href={`/t/${tenant}/workflows/${slug}`}>{slug}</a>
          </>
        }
      >
        {isMoving ? <StopRun runId={run.id} cancel={cancel} kill={kill} /> : null}
      </PageHead>
      {asked.isError && isMoving ? (
        <Notice tone="wait" title="The progress shown may be late">
          The server did not answer the last question. This page keeps asking.
        </Notice>
      ) : null}
      {run.waitsFor === null ? null : <WaitsFor pauses={run.waitsFor} zone={zone} />}
      {run.failure === null ? null : (
        <Notice
          tone={run.status === "failed" ? "bad" : "off"}
          title={
            run.status === "failed" ? `Failed: ${run.failure.code.replaceAll(/[-_]/g, " ")}` : statusWord(run.status)
          }
        >
          {run.failure.message}
        </Notice>
      )}
      <Panel>
        <Facts
          rows={[
            ["Run", <IdText key="id" id={run.id} />],
            ["Asked for", <Moment key="created" at={run.createdAt} zone={zone} />],
            ["Started", <Moment key="started" at={run.startedAt} zone={zone} />],
            ["Ended", <Moment key="ended" at={run.endedAt} zone={zone} />],
            ["Took", took === null ? "–" : durationText(took)],
            ["Started by", run.startedByName ?? <IdText key="by" id={run.startedBy} />],
            ["Environment", run.environment],
            ["Risk", run.riskProfile],
          ]}
        />
      </Panel>
      <StepTimeline run={run} zone={zone} now={now} />
      <Panel title="Steps of the definition">
        <StepGraph
          layout={layout}
          label={`Steps of ${definition.name}`}
          statuses={Object.fromEntries(run.steps.map(({ stepId, status }) => [stepId, status]))}
        />
      </Panel>
      <Panel title="Input of the run">
        <JsonText label="Input of the run" value={run.input} />
      </Panel>
      {run.output === null ? null : (
        <Panel title="Output of the run">
          <JsonText label="Output of the run" value={run.output} />
        </Panel>
      )}
      <p>
        <a href={`/t/${tenant}/receipts?subject=${encodeURIComponent(`run:${run.id}`)}`}>Receipts of this run</a>
      </p>
    </>
  );
}
