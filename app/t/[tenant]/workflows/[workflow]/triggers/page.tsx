import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { env } from "@/server/platform/env";
import { AddTrigger } from "../_components/triggers/add-trigger";
import type { TriggerRow } from "../_components/triggers/trigger-row";
import { TriggersTable } from "../_components/triggers/triggers-table";

interface Props {
  params: Promise<{ tenant: string; workflow: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Triggers of ${(await params).workflow}` };
}

/** Workflows that are offered as the one whose runs start this one. */
const SOURCES_OFFERED = 100;

export default async function TriggersPage({ params }: Props) {
  const { tenant, workflow: slug } = await params;
  const api = await tenantApi(tenant);
  const [answer, { here }, zone] = await Promise.all([
    attempt(api.workflows.get({ slug })),
    enterTenant(tenant),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Triggers" denial={answer.denied} />;
  const workflow = answer.value;
  const [triggers, others] = await Promise.all([
    attempt(api.triggers.list({ workflowId: workflow.id })),
    load(api.workflows.list({ limit: SOURCES_OFFERED })),
  ]);
  if (triggers.denied !== null) return <DeniedPage title="Triggers" denial={triggers.denied} />;
  const may = {
    webhook: hintOf(here, "trigger.expose").may,
    schedule: hintOf(here, "trigger.schedule").may,
    event: hintOf(here, "trigger.subscribe").may,
    end: hintOf(here, "trigger.disable").may,
  };
  const published = workflow.versions.find(({ id }) => id === workflow.publishedVersionId);
  const fields = published?.definition.input ?? {};
  const place = {
    ...{ workflowId: workflow.id, hooksUrl: `${env().CONDUCTOR_PUBLIC_URL}/api/hooks`, zone },
    sources: others.rows
      .filter(({ id }) => id !== workflow.id)
      .map(({ id, name, slug: at }) => ({ id, name: `${name} (${at})` })),
  };
  // Which settings a row has, its kind says; the verb that stored them checked it.
  const rows = triggers.value.rows as TriggerRow[];
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Triggers" about={`What starts runs of ${workflow.name} by itself, and with whose rights.`}>
        <AddTrigger place={place} fields={fields} may={may} />
        <ButtonLink href={`/t/${tenant}/workflows/${slug}`}>Back to the workflow</ButtonLink>
      </PageHead>
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty title="No trigger yet">
            Runs of this workflow start by hand or by an API key. An operator may schedule it or let an event start it;
            an administrator may give it an address for signed webhooks.
          </Empty>
        ) : (
          <TriggersTable tenant={tenant} rows={rows} place={place} fields={fields} may={may} />
        )}
      </Panel>
    </ApiProvider>
  );
}
