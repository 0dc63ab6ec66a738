"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { HoldBanner } from "@/app/_shared/holds/hold-banner";
import { HoldButtons } from "@/app/_shared/holds/hold-buttons";
import type { HoldAction } from "@/app/_shared/holds/hold-rights";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { actionLabel } from "@/server/receipts/domain/actions";
import { isFinal } from "@/server/runs/domain/status";
import type { Board } from "./board";
import classes from "../switchboard.module.css";
import { LatestRuns } from "./latest-runs";
import { RunsToday } from "./runs-today";

interface Place {
  /** The address of the tenant's pages. */
  base: string;
  zone: string;
}

function Waiting({ approvals, reviews, base, zone }: Pick<Board, "approvals" | "reviews"> & Place) {
  if (approvals.length + reviews.length === 0)
    return <p className={classes.quiet}>Nothing waits for your approval or review.</p>;
  return (
    <ul className={classes.list}>
      {approvals.map(({ id, title, name, environment, riskProfile, dueAt }) => (
        <li key={id}>
          <a href={`${base}/approvals/${id}`}>{`${name}: ${title}`}</a>
          <span className={classes.small}>
            {`approval, ${environment}, ${riskProfile} risk, until `}
            <Moment at={dueAt} zone={zone} />
          </span>
        </li>
      ))}
      {reviews.map(({ versionId, slug, name, version, environment, riskProfile, submittedAt }) => (
        <li key={versionId}>
          <a href={`${base}/workflows/${slug}`}>{`${name}, version ${version}`}</a>
          <span className={classes.small}>
            {`review, ${environment}, ${riskProfile} risk, submitted `}
            <Moment at={submittedAt} zone={zone} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Receipts({ receipts, base, zone }: Pick<Board, "receipts"> & Place) {
  if (receipts.length === 0) return <p className={classes.quiet}>Nothing was done here yet.</p>;
  return (
    <ul className={classes.list}>
      {receipts.map(({ id, seq, at, action, actorName }) => (
        <li key={id}>
          <a href={`${base}/receipts/${seq}`}>{actionLabel(action)}</a>
          <span className={classes.small}>
            {`${actorName}, `}
            <Moment at={at} zone={zone} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A kill that cannot be lifted yet. */
const isEndingRuns = ({ kind, isSettled }: Board["holds"][number]) => kind === "kill" && !isSettled;

interface Props {
  tenant: { slug: string; name: string };
  /** The `Board`, as JSON. */
  boardJson: string;
  may: readonly HoldAction[];
  zone: string;
}

/** The Switchboard over its data. One part for the browser, so that an answer carries the data and no second tree. */
export function SwitchboardView({ tenant: { slug, name }, boardJson, may, zone }: Props) {
  const base = `/t/${slug}`;
  const hold = useSearchParams().get("hold");
  const asked = hold === "kill" || hold === "pause" ? hold : null;
  // What the page put into words, unchanged.
  const board = useMemo(() => JSON.parse(boardJson) as Board, [boardJson]);
  return (
    <>
      <PageHead title="Switchboard" about="What runs now, what waits for you, and what was done lately.">
        <HoldButtons
          // Asked for anew by the palette.
          key={asked}
          tenant={slug}
          target={{ scope: "tenant", name, slug }}
          may={may}
          on={board.holds}
          asked={asked}
        />
        <HoldButtons tenant={slug} target={{ scope: "deployment", name: "all tenants" }} may={may} on={board.holds} />
      </PageHead>
      <HoldBanner tenant={slug} on={board.holds} may={may} zone={zone} />
      {board.planBanner === null ? null : (
        <Notice tone={board.planBanner.tone} title={board.planBanner.title}>
          {board.planBanner.text} <a href={`${base}/billing`}>See the plan</a>
        </Notice>
      )}
      <RunsToday counts={board.runsToday} />
      <div className={classes.columns}>
        <div className={classes.runs}>
          <Panel title="Runs now and lately" isFlush aside={<a href={`${base}/runs`}>All runs</a>}>
            {board.runs.length === 0 ? (
              <Empty
                title="Nothing has run yet"
                action={<ButtonLink href={`${base}/workflows/new`}>Write a workflow</ButtonLink>}
              >
                Write a workflow, let a second person review and publish it, then start it. Its runs appear here.
              </Empty>
            ) : (
              <LatestRuns tenant={slug} rows={board.runs} zone={zone} />
            )}
          </Panel>
        </div>
        <div className={classes.waiting}>
          <Panel title="Waiting for you" isFlush>
            <Waiting approvals={board.approvals} reviews={board.reviews} base={base} zone={zone} />
          </Panel>
        </div>
        <div className={classes.receipts}>
          <Panel title="Latest receipts" isFlush aside={<a href={`${base}/receipts`}>All receipts</a>}>
            <Receipts receipts={board.receipts} base={base} zone={zone} />
          </Panel>
        </div>
      </div>
      {board.runs.some((run) => !isFinal(run.status)) || board.holds.some(isEndingRuns) ? (
        <LiveRefresh everySeconds={3} />
      ) : null}
    </>
  );
}
