import type { Metadata } from "next";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { PageHead, Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { load } from "@/app/_trpc/load";
import { isUnresolved } from "@/server/incidents/domain/status";
import { readStatusPage } from "@/server/incidents/status-page";
import classes from "./status-page.module.css";

// Nobody shares what another was shown: whoever switches it off switches it off for everybody.
export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Status", robots: { index: false } };

export default async function StatusPage({ params }: { params: Promise<{ slug: string }> }) {
  const { name, incidents } = await load(readStatusPage((await params).slug));
  const unresolved = incidents.filter(({ status }) => isUnresolved(status)).length;
  return (
    <>
      <PageHead
        title={`Status of ${name}`}
        about="What is wrong now, and what was in the last 90 days. Times are UTC."
      />
      {unresolved === 0 ? (
        <Notice tone="ok" title="No incident is open">
          {incidents.length === 0 ? "There was none in the last 90 days." : "What there was is resolved."}
        </Notice>
      ) : (
        <Notice tone="bad" title={unresolved === 1 ? "One incident is open" : `${unresolved} incidents are open`}>
          Updates are below.
        </Notice>
      )}
      {incidents.map(({ id, title, status, openedAt, resolvedAt, updates }) => (
        <Panel key={id} title={title} aside={<Status status={status === "open" ? "incident-open" : status} />}>
          <p className={classes.when}>
            Since <Moment at={openedAt} zone="UTC" />
            {resolvedAt === null ? null : (
              <>
                , resolved <Moment at={resolvedAt} zone="UTC" />
              </>
            )}
          </p>
          {updates.map((update) => (
            <div key={update.id} className={classes.update}>
              <p className={classes.when}>
                <Moment at={update.at} zone="UTC" />
              </p>
              <p>{update.text}</p>
            </div>
          ))}
        </Panel>
      ))}
    </>
  );
}
