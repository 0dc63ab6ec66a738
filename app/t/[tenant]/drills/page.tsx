import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { STAGE_WORDS } from "@/server/drills/domain/drill";
import { DrillButton } from "./_components/drill-button";
import { drillsHref, readDrillsParams } from "./search-params";
import classes from "./drills.module.css";

export const metadata: Metadata = { title: "Drills" };

const ABOUT =
  "A simulated breach takes the way of a real one: alert, incident, messages, mitigations and their end. No budget, run or customer notices.";

export default async function DrillsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor } = readDrillsParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const hint = hintOf(here, "incident.resolve");
  const [answer, zone, { closed }] = await Promise.all([
    attempt(api.drills.list({ cursor, limit: 20 })),
    readerZone(),
    featureOf(tenant, "incident-automation"),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Drills" about={ABOUT} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  const links = pageLinks(cursor, nextCursor, (at) => drillsHref(tenant, at));
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Drills" about={ABOUT}>
        <ButtonLink href={`/t/${tenant}/incidents`}>Incidents</ButtonLink>
        {hint.may && closed === null ? <DrillButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="incident-automation">
        Drills that were run stay here, with their reports.
      </FeatureNotice>
      <Panel>
        {rows.length === 0 ? (
          <Empty title="No drill was run yet">
            Run one before you need what it tries: it takes seconds, and ends with a report that stays as evidence.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {rows.map(({ id, incidentId, grade, startedAt, durations, missed, notes }) => (
              <li key={id} className={classes.item}>
                <span>
                  <Moment at={startedAt} zone={zone} /> <Status status={`drill-${grade}`} />
                  <br />
                  <span className={classes.about}>
                    {missed.length === 0 && durations.resolved !== null
                      ? `Over after ${(durations.resolved / 1_000).toFixed(1)} s.`
                      : `Missed: ${missed.map((stage) => STAGE_WORDS[stage].toLowerCase()).join("; ")}.`}{" "}
                    {notes.join(" ")}
                  </span>
                </span>
                <span className={classes.links}>
                  <a href={`/t/${tenant}/incidents/${incidentId}`}>Incident</a>
                  <a href={`/t/${tenant}/drills/${id}/report?as=md`}>Report (Markdown)</a>
                  <a href={`/t/${tenant}/drills/${id}/report?as=pdf`}>PDF</a>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {links.firstHref === null ? null : <ButtonLink href={links.firstHref}>First page</ButtonLink>}
      {links.nextHref === null ? null : <ButtonLink href={links.nextHref}>Next page</ButtonLink>}
      <LiveRefresh everySeconds={5} />
    </ApiProvider>
  );
}
