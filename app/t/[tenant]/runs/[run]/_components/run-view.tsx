"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { Hint } from "@/app/_shared/hints";
import { CopyButton } from "@/app/_shared/copy-text";
import { IdText } from "@/app/_shared/id-text";
import { JsonText } from "@/app/_shared/json-text";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import { durationText, elapsedMs } from "@/app/_shared/duration";
import { Status } from "@/app/_shared/status";
import type { StepLayout } from "@/app/_shared/step-graph/layout-steps";
import { StepGraph } from "@/app/_shared/step-graph/step-graph";
import { useTRPCClient } from "@/app/_trpc/client";
import { CLASS_WORDS } from "@/server/workflows/domain/execution-class";
import { isFinal } from "@/server/runs/domain/status";
import { graphStatuses } from "./graph-statuses";
import type { RunDetail } from "./run-detail";
import type { RunViewKind } from "../search-params";
import { RunAsks } from "./run-asks";
import { RunFailure } from "./run-failure";
import { RunAwaits } from "./run-awaits";
import { RunSteps } from "./run-steps";
import { CalledBy, RepeatedBy, Repeats } from "./run-origin";
import classes from "./run-view.module.css";
import { runStatus } from "./shown-status";
import { StopRun } from "./stop-run";

const RepeatDialog = dynamic(() => import("./repeat-dialog").then((module) => module.RepeatDialog), { ssr: false });

const POLL_MS = 1_000;

interface Props {
  tenant: string;
  first: RunDetail;
  layout: StepLayout;
  zone: string;
  now: number;
  cancel: Hint;
  kill: Hint;
  start: Hint;
  view: RunViewKind;
  page: number;
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
export function RunView({ tenant, first, layout, zone, now: loadedAt, cancel, kill, start, view, page }: Props) {
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
  const now = useNow(loadedAt, isMoving);
  const took = elapsedMs(run.startedAt, run.endedAt, now);
  const { slug, version, definition, isPublished } = run.workflow;
  const [repeating, setRepeating] = useState<{ step: { id: string; name: string } | null } | null>(null);
  const mayRepeat = !isMoving && start.may && isPublished;
  return (
    <>
      <PageHead
        title={
          <>
            {definition.name} <Status status={runStatus(run)} />
          </>
        }
        about={
          <>
            Version {version} of <a href={`/t/${tenant}/workflows/${slug}`}>{slug}</a>
          </>
        }
      >
        {isMoving ? <StopRun runId={run.id} cancel={cancel} kill={kill} /> : null}
        {mayRepeat ? (
          <Button variant="default" onClick={() => setRepeating({ step: null })}>
            Run again
          </Button>
        ) : null}
        <ButtonLink href={`/t/${tenant}/runs/compare?right=${run.id}`}>Compare with…</ButtonLink>
      </PageHead>
      <Repeats tenant={tenant} run={run} />
      <CalledBy tenant={tenant} run={run} />
      {!isMoving && start.may && !isPublished ? (
        <p className={classes.quiet}>
          It followed version {version}, which is not the published one any more, so it cannot be repeated.
        </p>
      ) : null}
      {asked.isError && isMoving ? (
        <Notice tone="wait" title="The progress shown may be late">
          The server did not answer the last question. This page keeps asking.
        </Notice>
      ) : null}
      {run.waitsFor === null ? null : <WaitsFor pauses={run.waitsFor} zone={zone} />}
      <RunAsks tenant={tenant} run={run} zone={zone} />
      <RunAwaits awaits={run.awaits} zone={zone} />
      {run.waitsForPlace === null ? null : (
        <Notice tone="wait" title="Queued">
          {`Waits for a place: at most ${run.waitsForPlace.most} runs of this tenant may be at work at a time. Those that only wait do not count.`}
          {run.waitsForPlace.plan === null ? null : ` That is what ${run.waitsForPlace.plan} has.`}
          {run.waitsForPlace.more.length === 0 ? null : ` More: ${run.waitsForPlace.more.join("; ")}.`}
        </Notice>
      )}
      <RunFailure tenant={tenant} run={run} />
      <Panel>
        <Facts
          rows={[
            [
              "Run",
              <>
                <IdText id={run.id} /> <CopyButton text={run.id} what="id of the run" />
              </>,
            ],
            ["Asked for", <Moment key="created" at={run.createdAt} zone={zone} />],
            ["Started", <Moment key="started" at={run.startedAt} zone={zone} />],
            ["Ended", <Moment key="ended" at={run.endedAt} zone={zone} />],
            ["Took", took === null ? "–" : durationText(took)],
            ["Started by", run.startedByName ?? <IdText key="by" id={run.startedBy} />],
            ["Environment", run.environment],
            ["Risk", run.riskProfile],
            ["Class", CLASS_WORDS[run.executionClass]],
          ]}
        />
      </Panel>
      <RunSteps
        {...{ tenant, run, zone, now, view, page }}
        onRepeat={mayRepeat ? (step) => setRepeating({ step }) : null}
      />
      <Panel title="Steps of the definition">
        <StepGraph layout={layout} label={`Steps of ${definition.name}`} statuses={graphStatuses(run.steps)} />
      </Panel>
      <Panel title="Input of the run">
        <JsonText label="Input of the run" value={run.input} />
      </Panel>
      {run.output === null ? null : (
        <Panel title="Output of the run">
          <JsonText label="Output of the run" value={run.output} />
        </Panel>
      )}
      <RepeatedBy tenant={tenant} run={run} zone={zone} />
      {repeating === null ? null : (
        <RepeatDialog tenant={tenant} run={run} step={repeating.step} onClose={() => setRepeating(null)} />
      )}
      <p>
        <a href={`/t/${tenant}/receipts?subject=${encodeURIComponent(`run:${run.id}`)}`}>Receipts of this run</a>
      </p>
    </>
  );
}
