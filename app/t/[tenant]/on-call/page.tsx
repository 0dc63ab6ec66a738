import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { EscalationPanel } from "./_components/escalation-panel";
import { ScheduleButton } from "./_components/schedule-button";
import { SchedulePanel } from "./_components/schedule-panel";

export const metadata: Metadata = { title: "On call" };

export default async function OnCallPage({ params }: Pick<TenantPageProps, "params">) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, people, zone, { closed }] = await Promise.all([
    attempt(api.onCall.get({})),
    attempt(api.members.list({ limit: 100 })),
    readerZone(),
    featureOf(tenant, "incident-automation"),
  ]);
  const about = "Who is told of an incident first, and who is told next when nobody takes it on.";
  if (answer.denied !== null) return <DeniedPage title="On call" about={about} denial={answer.denied} />;
  const { schedules, escalation } = answer.value;
  const members =
    people.denied === null ? people.value.rows.map(({ id, name, email }) => ({ id, name: name ?? email })) : [];
  const hint = hintOf(here, "incident.resolve");
  const [mayChange, mayRemove] = [hint.may && closed === null, hint.may];
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="On call" about={about}>
        {mayChange ? <ScheduleButton schedule={null} members={members} zone={zone} /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="incident-automation">
        Incidents are opened, taken on and resolved without it. Nobody is told of them but administrators, in the app.
      </FeatureNotice>
      {schedules.length === 0 ? (
        <Panel>
          <Empty title="Nobody is on call">
            Make a schedule: people who take turns, and when they hand over. Until there is one, administrators are told
            of every incident.
          </Empty>
        </Panel>
      ) : (
        schedules.map((schedule) => (
          <SchedulePanel
            key={schedule.id}
            schedule={schedule}
            members={members}
            zone={zone}
            mayChange={mayChange}
            mayRemove={mayRemove}
          />
        ))
      )}
      <EscalationPanel
        escalation={escalation}
        schedules={schedules.map(({ id, name }) => ({ id, name }))}
        members={members}
        mayChange={mayChange}
      />
      {hint.may ? null : <p style={{ color: "var(--muted)" }}>Changing who is on call: {hint.why}</p>}
      <LiveRefresh everySeconds={60} />
    </ApiProvider>
  );
}
