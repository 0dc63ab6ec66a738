import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { isUnresolved } from "@/server/incidents/domain/status";
import { incidentStatus, SOURCE_WORDS } from "../_components/incident-words";
import { Severity } from "../_components/severity";
import { IncidentActions } from "./_components/incident-actions";
import { MitigationsPanel } from "./_components/mitigations-panel";
import { PartsPanel } from "./_components/parts-panel";
import { TasksPanel } from "./_components/tasks-panel";
import { Timeline } from "./_components/timeline";
import { incidentHref, readIncidentParams } from "./search-params";
import classes from "./_components/incident.module.css";

interface Props {
  params: Promise<{ tenant: string; incident: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: `Incident …${(await params).incident.slice(-8)}` };
}

export default async function IncidentPage({ params, searchParams }: Props) {
  const { tenant, incident: incidentId } = await params;
  const { cursor } = readIncidentParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, entries, people, mitigations, zone] = await Promise.all([
    attempt(api.incidents.get({ incidentId })),
    attempt(api.incidents.entries({ incidentId, cursor })),
    attempt(api.members.list({ limit: 100 })),
    attempt(api.mitigations.list({ incidentId })),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Incident" denial={answer.denied} />;
  if (entries.denied !== null) return <DeniedPage title="Incident" denial={entries.denied} />;
  const incident = answer.value;
  const { rows, nextCursor } = entries.value;
  const members =
    people.denied === null ? people.value.rows.map(({ id, name, email }) => ({ id, name: name ?? email })) : [];
  const mayWork = incident.why.work === null;
  const isTaken = incident.acknowledgedAt !== null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title={
          <>
            {incident.title} <Severity severity={incident.severity} />{" "}
            <Status status={incidentStatus(incident.status)} />
          </>
        }
        about={incident.summary === "" ? undefined : <span className={classes.summary}>{incident.summary}</span>}
      >
        <IncidentActions incident={incident} />
      </PageHead>
      {incident.isDrill ? (
        <Notice tone="off" title="This is a drill">
          It runs the true path. No customer sees it.
        </Notice>
      ) : null}
      {isUnresolved(incident.status) && !isTaken ? (
        <Notice tone="bad" title="Nobody has taken it on">
          {mayWork
            ? "Whoever does ends the escalation: nobody else is told."
            : `You cannot: ${incident.why.work ?? ""}`}
        </Notice>
      ) : null}
      <div className={classes.columns}>
        <Panel title="Timeline" isFlush>
          <Timeline
            rows={rows}
            zone={zone}
            tenant={tenant}
            {...pageLinks(cursor, nextCursor, (at) => incidentHref(tenant, incidentId, at))}
          />
        </Panel>
        <div>
          <Panel title="Facts">
            <Facts
              rows={[
                ["Opened", <Moment key="opened" at={incident.openedAt} zone={zone} />],
                ["Opened by", `${incident.openedByName} (${SOURCE_WORDS[incident.source] ?? incident.source})`],
                ["Taken on by", incident.acknowledgedByName ?? "Nobody yet"],
                ...(isTaken
                  ? [["Taken on", <Moment key="taken" at={incident.acknowledgedAt} zone={zone} />] as const]
                  : []),
                ["Mitigated", <Moment key="mitigated" at={incident.mitigatedAt} zone={zone} />],
                ["Resolved", <Moment key="resolved" at={incident.resolvedAt} zone={zone} />],
                ...(incident.alertCount === 0
                  ? []
                  : [
                      ["Alerts", String(incident.alertCount)] as const,
                      ["Latest alert", <Moment key="alert" at={incident.lastAlertAt} zone={zone} />] as const,
                    ]),
                ...(incident.sloId === null
                  ? []
                  : [
                      [
                        "Objective",
                        <a key="slo" href={`/t/${tenant}/slos/${incident.sloId}`}>
                          Its budget and alerts
                        </a>,
                      ] as const,
                    ]),
                [
                  "Runbook",
                  <a key="runbook" href={incident.runbook}>
                    What to do about it
                  </a>,
                ],
                ["On the status page", incident.isPublic ? "yes" : "no"],
                ...incident.runs.map(
                  ({ runId, name }) =>
                    [
                      "About a run",
                      <a key={runId} href={`/t/${tenant}/runs/${runId}`}>
                        {name ?? "a run that you may not see"}
                      </a>,
                    ] as const,
                ),
              ]}
            />
          </Panel>
          <MitigationsPanel
            incidentId={incidentId}
            rows={mitigations.denied === null ? mitigations.value.rows : []}
            mayWork={incident.why.resolve === null && isUnresolved(incident.status)}
            zone={zone}
          />
          <PartsPanel incidentId={incidentId} roles={incident.roles} members={members} mayWork={mayWork} />
          <TasksPanel incidentId={incidentId} tasks={incident.tasks} members={members} mayWork={mayWork} zone={zone} />
          <p>
            <a href={`/t/${tenant}/receipts?subject=${encodeURIComponent(`incident:${incidentId}`)}`}>
              Receipts of this incident
            </a>
          </p>
        </div>
      </div>
      {incident.status === "closed" ? null : <LiveRefresh everySeconds={5} />}
    </ApiProvider>
  );
}
