import type { Metadata } from "next";
import { Empty, ButtonLink, PageHead, Panel } from "@/app/_shared/page";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { isFinal } from "@/server/runs/domain/status";
import { RunsTable } from "../runs/_components/runs-table";
import { RunsToday } from "./_components/runs-today";
import classes from "./switchboard.module.css";

export const metadata: Metadata = { title: "Switchboard" };

export default async function SwitchboardPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [board, zone] = await Promise.all([load(api.switchboard.get({})), readerZone()]);
  const base = `/t/${tenant}`;
  return (
    <>
      <PageHead title="Switchboard" about="What runs now, what waits for you, and what was done lately." />
      <RunsToday counts={board.runsToday} />
      <div className={classes.columns}>
        <Panel title="Runs now and lately" isFlush aside={<a href={`${base}/runs`}>All runs</a>}>
          {board.runs.length === 0 ? (
            <Empty
              title="Nothing has run yet"
              action={<ButtonLink href={`${base}/workflows/new`}>Write a workflow</ButtonLink>}
            >
              Write a workflow, let a second person review and publish it, then start it. Its runs appear here.
            </Empty>
          ) : (
            <RunsTable tenant={tenant} rows={board.runs} zone={zone} now={Date.now()} />
          )}
        </Panel>
        <div>
          <Panel title="Waiting for you" isFlush>
            {board.reviews.length === 0 ? (
              <p className={classes.quiet}>Nothing waits for your review.</p>
            ) : (
              <ul className={classes.list}>
                {board.reviews.map(({ versionId, slug, name, version, environment, riskProfile, submittedAt }) => (
                  <li key={versionId}>
                    <a href={`${base}/workflows/${slug}`}>
                      {name}, version {version}
                    </a>
                    <span className={classes.small}>
                      {environment}, {riskProfile} risk, submitted <Moment at={submittedAt} zone={zone} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          <Panel title="Latest receipts" isFlush aside={<a href={`${base}/receipts`}>All receipts</a>}>
            {board.receipts.length === 0 ? (
              <p className={classes.quiet}>Nothing was done here yet.</p>
            ) : (
              <ul className={classes.list}>
                {board.receipts.map(({ id, seq, at, action }) => (
                  <li key={id}>
                    <span>
                      <code>{action}</code>
                    </span>
                    <span className={classes.small}>
                      No. {seq}, <Moment at={at} zone={zone} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
      {board.runs.some((run) => !isFinal(run.status)) ? <LiveRefresh everySeconds={3} /> : null}
    </>
  );
}
