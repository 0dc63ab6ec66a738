import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { AskButton } from "./_components/ask-button";
import { AuditsTable } from "./_components/audits-table";
import { auditsHref, readAuditsParams } from "./search-params";

export const metadata: Metadata = { title: "Audits" };

const ABOUT =
  "The product audits itself: roles, policy, objectives, incidents, secrets, drift, receipts and evidence. Each gap becomes a finding with an owner and a day, and each audit is sealed into a bundle of its own.";

export default async function AuditsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor } = readAuditsParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, zone, { closed }] = await Promise.all([
    attempt(api.audits.list({ cursor, limit: 25 })),
    readerZone(),
    featureOf(tenant, "internal-audit"),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Audits" about={ABOUT} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  const running = rows.find(({ endedAt }) => endedAt === null);
  const mayAsk = hintOf(here, "audit.run").may && closed === null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Audits" about={ABOUT}>
        <ButtonLink href={`/t/${tenant}/findings`}>Findings</ButtonLink>
        {mayAsk ? <AskButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="internal-audit">
        Audits and findings that are there stay here, and findings are closed as before.
      </FeatureNotice>
      {running === undefined ? null : (
        <Notice tone="busy" title={`Being audited: ${running.done} of ${running.total} checks`} />
      )}
      <Panel isFlush>
        {rows.length > 0 ? (
          <AuditsTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            {...pageLinks(cursor, nextCursor, (at) => auditsHref(tenant, { cursor: at }))}
          />
        ) : (
          <Empty title="No audit yet">It is run each Monday night, and whenever somebody asks for it.</Empty>
        )}
      </Panel>
      <LiveRefresh everySeconds={running === undefined ? 30 : 2} />
    </ApiProvider>
  );
}
