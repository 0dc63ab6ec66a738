import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import type { SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { layoutSteps } from "@/app/_shared/step-graph/layout-steps";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { RunView } from "./_components/run-view";
import { readRunParams } from "./search-params";

interface Props {
  params: Promise<{ tenant: string; run: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: `Run …${(await params).run.slice(-8)}` };
}

export default async function RunPage({ params, searchParams }: Props) {
  const { tenant, run: runId } = await params;
  const api = await tenantApi(tenant);
  const [answer, { here }, zone] = await Promise.all([
    attempt(api.runs.get({ runId })),
    enterTenant(tenant),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Run" denial={answer.denied} />;
  return (
    <ApiProvider tenant={tenant}>
      <RunView
        tenant={tenant}
        first={answer.value}
        layout={layoutSteps(answer.value.workflow.definition.steps)}
        zone={zone}
        now={Date.now()}
        cancel={hintOf(here, "run.cancel")}
        kill={hintOf(here, "run.kill")}
        start={hintOf(here, "run.start")}
        {...readRunParams(await searchParams)}
      />
    </ApiProvider>
  );
}
