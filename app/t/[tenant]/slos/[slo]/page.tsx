import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { SLI_DEFINITIONS } from "@/server/slos/domain/sli";
import { RANGE_DAYS } from "@/server/slos/schemas";
import { BudgetMeter } from "../_components/budget-meter";
import {
  burnText,
  countText,
  forecastText,
  percentText,
  sliText,
  stateOf,
  thresholdText,
  windowText,
} from "../_components/slo-words";
import { readSloParams, sloHref } from "../search-params";
import { AlertRules, PastAlerts } from "./_components/alert-rules";
import { BadRuns } from "./_components/bad-runs";
import { burnSeries } from "./_components/burn-series";
import { DownloadButtons } from "./_components/download-buttons";
import { loadSlo } from "./_components/load-slo";
import { SloCharts } from "./_components/slo-charts";
import classes from "./_components/slo-detail.module.css";

export const metadata: Metadata = { title: "SLO" };

interface Props {
  params: Promise<{ tenant: string; slo: string }>;
  searchParams: SearchParams;
}

/** Objectives are judged once a minute. */
const REFRESH_SECONDS = 60;

const rangeText = (days: number) => (days === 1 ? "the last day" : `the last ${days} days`);

export default async function SloPage({ params, searchParams }: Props) {
  const { tenant, slo: sloId } = await params;
  const { days } = readSloParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([loadSlo(api, sloId, days), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="SLO" denial={answer.denied} />;
  const { slo, fine } = answer;
  const { rows: runs } = await load(api.slos.badRuns({ sloId, days }));
  const { period } = slo;
  const definition = SLI_DEFINITIONS[slo.sli];
  const threshold = thresholdText(slo.thresholdMs);
  return (
    <>
      <LiveRefresh everySeconds={REFRESH_SECONDS} />
      <PageHead
        title={
          <>
            {slo.title} <Status status={stateOf(slo)} />
          </>
        }
        about={`Counted: ${definition.total}. Good: ${definition.good.replace("T", threshold ?? "time")}.`}
      >
        <ButtonLink href={`/t/${tenant}/slos`}>All SLOs</ButtonLink>
        <DownloadButtons action={`/t/${tenant}/slos/${slo.id}/export`} days={days} />
      </PageHead>
      <Panel>
        <div className={classes.facts}>
          <Facts
            rows={[
              ["Objective", `${percentText(slo.targetPpm / 1_000_000, 4)}, ${windowText(slo.window)}`],
              ["Now", sliText(period)],
              [
                slo.method.kind === "occurrences" ? "Bad of all events" : "Bad of all minutes",
                `${countText(period.total - period.good)} of ${countText(period.total)}`,
              ],
              ["Budget left", period.budgetLeft === null ? "–" : percentText(period.budgetLeft, 1)],
              ["Burn rate of the period", burnText(period.burnRate)],
              ["Forecast", forecastText(slo)],
              ["Judged at", <Moment key="at" at={slo.watermark} zone={zone} />],
              ["From", `${slo.sheet}${slo.isOwn ? ", changed by this tenant" : ""}`],
            ]}
          />
          <BudgetMeter left={period.budgetLeft} />
        </div>
      </Panel>
      <LinkTabs
        label="Range"
        tabs={RANGE_DAYS.map((range) => ({
          ...{
            name: range === 1 ? "1 day" : `${range} days`,
            isHere: range === days,
            href: sloHref(tenant, slo.id, range),
          },
        }))}
      />
      <SloCharts series={burnSeries(slo, answer, days)} over={rangeText(days)} zone={zone} />
      <AlertRules tenant={tenant} slo={slo} zone={zone} />
      <PastAlerts tenant={tenant} alerts={fine.alerts} zone={zone} />
      {slo.sli === "workflow-success" || slo.sli === "workflow-latency" ? (
        <BadRuns tenant={tenant} runs={runs} zone={zone} over={rangeText(days)} />
      ) : null}
    </>
  );
}
