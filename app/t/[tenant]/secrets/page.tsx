import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { hrefOf, pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { SecretsTable } from "./_components/secrets-table";
import { SetSecretButton } from "./_components/set-secret-button";
import { readSecretsParams } from "./search-params";

export const metadata: Metadata = { title: "Secrets" };

export default async function SecretsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor } = readSecretsParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, { here }, zone] = await Promise.all([
    attempt(api.secrets.list({ cursor })),
    enterTenant(tenant),
    readerZone(),
  ]);
  const about = "What http steps send and nobody reads: each for one environment, and for the hosts it may be sent to.";
  if (answer.denied !== null) return <DeniedPage title="Secrets" about={about} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Secrets" about={about}>
        {hintOf(here, "secret.set").may ? <SetSecretButton /> : null}
      </PageHead>
      <Panel isFlush>
        {rows.length === 0 && cursor === undefined ? (
          <Empty title="No secret yet">
            An http step sends one as {"{{ secrets.NAME }}"} in its headers, its body or the query of its URL. A value
            can be replaced, never read.
          </Empty>
        ) : (
          <SecretsTable
            rows={rows}
            zone={zone}
            mayKeep={hintOf(here, "secret.set").may}
            {...pageLinks(cursor, nextCursor, (at) => hrefOf(`/t/${tenant}/secrets`, { cursor: at }))}
          />
        )}
      </Panel>
    </ApiProvider>
  );
}
