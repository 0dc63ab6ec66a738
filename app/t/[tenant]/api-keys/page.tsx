import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { hrefOf, pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { CreateKeyButton } from "./_components/create-key-button";
import { KeysTable } from "./_components/keys-table";
import { readKeysParams } from "./search-params";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor } = readKeysParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, { here }, zone, { closed }] = await Promise.all([
    attempt(api.apiKeys.list({ cursor })),
    enterTenant(tenant),
    readerZone(),
    featureOf(tenant, "public-api"),
  ]);
  const about = "Keys by which programs act in this tenant, each with rights of its own and an end.";
  if (answer.denied !== null) return <DeniedPage title="API keys" about={about} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="API keys" about={about}>
        {hintOf(here, "api_key.create").may && closed === null ? <CreateKeyButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="public-api">
        {rows.length === 0
          ? null
          : closed === "read-only"
            ? "The keys below read, and change nothing."
            : "The keys below are refused until it is back. They can be revoked."}
      </FeatureNotice>
      <Panel isFlush>
        {rows.length === 0 && cursor === undefined ? (
          <Empty title="No key yet">
            Create one for a program that starts runs or reads receipts. Its secret is shown once.
          </Empty>
        ) : (
          <KeysTable
            rows={rows}
            zone={zone}
            {...pageLinks(cursor, nextCursor, (at) => hrefOf(`/t/${tenant}/api-keys`, { cursor: at }))}
          />
        )}
      </Panel>
    </ApiProvider>
  );
}
