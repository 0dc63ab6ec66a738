import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { CONTROLS } from "@/policies/controls";
import { CONTROL_STATES } from "@/server/compliance/domain/status";
import { AskButton } from "./_components/ask-button";
import { ControlFilter } from "./_components/control-filter";
import { ControlsTable } from "./_components/controls-table";
import { Coverage } from "./_components/coverage";
import { TrustPanel } from "./_components/trust-panel";
import { complianceHref, momentOf, periodOf, readComplianceParams } from "./search-params";
import classes from "./_components/compliance.module.css";

export const metadata: Metadata = { title: "Compliance" };

const ABOUT =
  "Controls of ours with their ids in SOC 2 and ISO 27001:2022, gaps first. Owned: a probe can find that it does not hold. Supported: evidence is kept for whoever answers for it.";

export default async function CompliancePage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const filters = readComplianceParams(await searchParams);
  const [zone, now] = [await readerZone(), Date.now()];
  const at = momentOf(filters, zone, now);
  const { period, fault } = periodOf(filters, zone, now);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, shown, { closed }] = await Promise.all([
    attempt(api.compliance.list({ at })),
    attempt(api.compliance.occurrences(period)),
    featureOf(tenant, "compliance-pack"),
  ]);
  const title = "Conductor Compliance Pack v1";
  if (answer.denied !== null) return <DeniedPage title={title} about={ABOUT} denial={answer.denied} />;
  if (shown.denied !== null) return <DeniedPage title={title} about={ABOUT} denial={shown.denied} />;
  const trustPage = await load(api.trustPages.get({}));
  const { rows: all, collection } = answer.value;
  const { framework, area, state, stance } = filters;
  const occurrences = new Map(shown.value.rows.map(({ control, ...each }) => [control, each]));
  const rows = all
    .map((row) => ({ ...row, occurrences: occurrences.get(row.id) ?? null }))
    .filter((row) => framework === undefined || row[framework].length > 0)
    .filter((row) => area === undefined || row.area === area)
    .filter((row) => state === undefined || row.state === state)
    .filter((row) => stance === undefined || row.stance === stance)
    .sort((a, b) => CONTROL_STATES.indexOf(a.state) - CONTROL_STATES.indexOf(b.state) || (a.id < b.id ? -1 : 1));
  const mayExport = hintOf(here, "evidence.export").may;
  const mayAsk = hintOf(here, "evidence.collect").may && closed === null;
  const isBusy = collection !== null && collection.endedAt === null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title={title} about={ABOUT}>
        <ButtonLink href={`/t/${tenant}/evidence`}>Evidence</ButtonLink>
        {mayExport ? (
          <>
            <ButtonLink href={`/t/${tenant}/compliance/sell-sheet/pdf`}>Sell-sheet (PDF)</ButtonLink>
            <ButtonLink href={`/t/${tenant}/compliance/sell-sheet/md`}>Markdown</ButtonLink>
          </>
        ) : null}
        {mayAsk ? <AskButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="compliance-pack">
        Controls are not looked at any more; what was found stays here and grows stale.
      </FeatureNotice>
      {collection === null ? (
        <Notice tone="wait" title="Nobody has looked yet">
          Controls are looked at each night, and whenever somebody asks for it.
        </Notice>
      ) : isBusy ? (
        <Notice tone="busy" title={`Being looked at: ${collection.done} of ${collection.total} probes`} />
      ) : null}
      <Panel title="Coverage">
        <Coverage states={all.map((row) => row.state)} />
        {collection?.endedAt == null ? null : (
          <p>
            Last looked at <Moment at={collection.endedAt} zone={zone} />.
          </p>
        )}
      </Panel>
      {fault === null ? null : (
        <Notice tone="wait" title={fault}>
          The 90 days before its end are shown instead.
        </Notice>
      )}
      <ControlFilter tenant={tenant} filters={filters} areas={Object.entries(CONTROLS.areas)} />
      <p className={classes.about}>
        {at === undefined ? (
          "As it stands now."
        ) : (
          <>
            As it stood at <Moment at={at} zone={zone} />.
          </>
        )}{" "}
        Shown: in how many turns of its cadence each control was looked at from{" "}
        <Moment at={shown.value.from} zone={zone} /> to <Moment at={shown.value.to} zone={zone} />; green where it held,
        red where it did not, hatched where nothing was found.
      </p>
      <Panel isFlush>
        {rows.length > 0 ? (
          <ControlsTable tenant={tenant} rows={rows} zone={zone} />
        ) : (
          <Empty title="No control matches" action={<a href={complianceHref(tenant, {})}>Show every control</a>}>
            No control is all of this at once.
          </Empty>
        )}
      </Panel>
      <TrustPanel page={trustPage} mayPublish={mayExport && closed === null} mayWithdraw={mayExport} />
      <LiveRefresh everySeconds={isBusy ? 2 : 30} />
    </ApiProvider>
  );
}
