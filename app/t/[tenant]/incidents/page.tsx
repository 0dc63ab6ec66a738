import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { statusWord } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { INCIDENT_PARTS } from "@/server/incidents/schemas";
import { IncidentFilter } from "./_components/incident-filter";
import { IncidentsTable } from "./_components/incidents-table";
import { OpenIncidentButton } from "./_components/open-incident-button";
import { incidentsHref, readIncidentsParams } from "./search-params";

export const metadata: Metadata = { title: "Incidents" };

const PART_WORDS: Readonly<Record<string, string>> = { unresolved: "Unresolved", all: "All" };

export default async function IncidentsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor, filters } = readIncidentsParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const hint = hintOf(here, "incident.declare");
  const [answer, zone] = await Promise.all([attempt(api.incidents.list({ ...filters, cursor })), readerZone()]);
  const about = "What went wrong, who took it on, and how far it is, newest first.";
  if (answer.denied !== null) return <DeniedPage title="Incidents" about={about} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  const { part, severity, text } = filters;
  const tabs = INCIDENT_PARTS.map((each) => ({
    href: incidentsHref(tenant, { ...filters, part: each }),
    name: PART_WORDS[each] ?? statusWord(each),
    isHere: part === each,
  }));
  const isNarrowed = severity !== undefined || text !== undefined || cursor !== undefined;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Incidents" about={about}>
        <ButtonLink href={`/t/${tenant}/drills`}>Drills</ButtonLink>
        <ButtonLink href={`/t/${tenant}/on-call`}>Who is on call</ButtonLink>
        {hint.may ? <OpenIncidentButton tenant={tenant} /> : null}
      </PageHead>
      <LinkTabs label="Incidents by status" tabs={tabs} />
      <IncidentFilter tenant={tenant} filters={filters} />
      <Panel isFlush>
        {rows.length > 0 ? (
          <IncidentsTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            {...pageLinks(cursor, nextCursor, (at) => incidentsHref(tenant, filters, at))}
          />
        ) : isNarrowed ? (
          <Empty title="No incident matches" action={<a href={incidentsHref(tenant, { part })}>Clear the filter</a>}>
            No incident is all of this at once. Take a filter away, or look at another status.
          </Empty>
        ) : (
          <Empty
            title={part === "unresolved" ? "No unresolved incidents" : "There is no such incident"}
            action={
              part === "all" ? undefined : <a href={incidentsHref(tenant, { part: "all" })}>Show all incidents</a>
            }
          >
            Say who is on call first, so that somebody is told. Then open an incident as soon as something seems wrong:
            it can always be closed again.
          </Empty>
        )}
      </Panel>
      {hint.may ? null : <p style={{ color: "var(--muted)" }}>Opening an incident: {hint.why}</p>}
      <LiveRefresh everySeconds={10} />
    </ApiProvider>
  );
}
