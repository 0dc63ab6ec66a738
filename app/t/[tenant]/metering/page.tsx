import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { ButtonLink, Empty, Facts, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { monthAfter, monthNamed, monthOf } from "@/server/metering/domain/month";
import { bytesText, countText, tasksText } from "./_components/quantities";
import { DaysTable, TypesTable } from "./_components/usage-tables";
import { readUsageParams, usageHref } from "./search-params";

export const metadata: Metadata = { title: "Usage" };

const nameOf = (from: Date) => from.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

export default async function UsagePage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const asked = readUsageParams(await searchParams);
  const api = await tenantApi(tenant);
  const [usage, { here }] = await Promise.all([load(api.metering.usage(asked)), enterTenant(tenant)]);
  const month = monthNamed(usage.month);
  const [before, after] = [monthAfter(month, -1), monthAfter(month, 1)];
  const { total, runs } = usage;
  return (
    <>
      <PageHead
        title="Usage"
        about={`${nameOf(month.from)}, in UTC. Each finished task counts once, weighed by its type and the data it moved.`}
      >
        {here.isOperator && hintOf(here, "pricing.read").may ? (
          <ButtonLink href={`/t/${tenant}/pricing?preset=used`}>Costs and margins</ButtonLink>
        ) : null}
        <ButtonLink href={usageHref(tenant, before.month)}>{nameOf(before.from)}</ButtonLink>
        {after.from <= monthOf(new Date()).from ? (
          <ButtonLink href={usageHref(tenant, after.month)}>{nameOf(after.from)}</ButtonLink>
        ) : null}
      </PageHead>
      {total.tasks === 0 ? (
        <Panel>
          <Empty title={`Nothing was used in ${nameOf(month.from)}`}>
            A task is counted when a step of a run finishes. Start a run, or look at another month.
          </Empty>
        </Panel>
      ) : (
        <>
          <Panel>
            <Facts
              rows={[
                ["Weighted tasks", tasksText(total.weightMilli)],
                ["Tasks", countText(total.tasks)],
                ["Runs", countText(runs)],
                ["Calls outside", countText(total.externalCalls)],
                ["Data of inputs and outputs", bytesText(total.bytes)],
              ]}
            />
          </Panel>
          <Panel title="By type of step" isFlush>
            <TypesTable rows={usage.types} />
          </Panel>
          <Panel title="By day" isFlush>
            <DaysTable rows={usage.days.toReversed()} />
          </Panel>
        </>
      )}
    </>
  );
}
