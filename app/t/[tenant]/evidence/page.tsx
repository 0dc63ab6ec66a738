import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { BuildButton } from "./_components/build-button";
import { BundleList } from "./_components/bundle-list";
import { CollectButton } from "./_components/collect-button";
import { ItemsTable } from "./_components/items-table";
import { KindFilter } from "./_components/kind-filter";
import { evidenceHref, readEvidenceParams } from "./search-params";
import classes from "./_components/evidence.module.css";

export const metadata: Metadata = { title: "Evidence" };

const ABOUT =
  "What really happened, collected as files under their digests, and sealed into bundles that a stranger checks offline.";

const HOW = "npx conductor verify FILE          # or, in the unpacked folder:  node verify/verify.mjs FILE";

export default async function EvidencePage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { kind, cursor } = readEvidenceParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, zone, { closed }] = await Promise.all([
    attempt(api.evidence.list({ kind, cursor, limit: 25 })),
    readerZone(),
    featureOf(tenant, "compliance-pack"),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Evidence" about={ABOUT} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  const [bundles, counted] = await Promise.all([load(api.bundles.list({ limit: 10 })), load(api.evidence.count({}))]);
  const counts = new Map(counted.map((each) => [each.kind, each.items]));
  const [collect, build] = [hintOf(here, "evidence.collect"), hintOf(here, "evidence.export")];
  const isBusy = bundles.rows.some(({ status }) => status === "requested" || status === "building");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Evidence" about={ABOUT}>
        {collect.may && closed === null ? <CollectButton /> : null}
        {build.may && closed === null ? <BuildButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="compliance-pack">
        What was collected and sealed before stays here, and may be downloaded.
      </FeatureNotice>
      <Panel title="Bundles">
        <BundleList tenant={tenant} rows={bundles.rows} zone={zone} mayExport={build.may} />
        {bundles.rows.length === 0 ? null : (
          <>
            <p>Every bundle carries its own verifiers and a page to look at it. To check one:</p>
            <pre className={classes.how} tabIndex={0} role="region" aria-label="How to check a bundle">
              {HOW}
            </pre>
          </>
        )}
      </Panel>
      <KindFilter tenant={tenant} kind={kind} counts={counts} />
      <Panel isFlush>
        {rows.length > 0 ? (
          <ItemsTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            mayDownload={build.may}
            {...pageLinks(cursor, nextCursor, (at) => evidenceHref(tenant, { kind, cursor: at }))}
          />
        ) : kind !== undefined || cursor !== undefined ? (
          <Empty title="Nothing of this kind" action={<a href={evidenceHref(tenant, {})}>Show every kind</a>}>
            It is collected each night, where there is anything of it.
          </Empty>
        ) : (
          <Empty title="Nothing was collected yet">
            Evidence is collected each night, and whenever somebody asks for it: the policy in force, objectives,
            incidents, changes with their reviewers, drift, receipts, and what the release is made of.
          </Empty>
        )}
      </Panel>
      <LiveRefresh everySeconds={isBusy ? 2 : 15} />
    </ApiProvider>
  );
}
