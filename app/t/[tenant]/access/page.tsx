import type { Metadata } from "next";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { PageHead } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { MatrixView } from "./_components/matrix-view";
import { ReportView } from "./_components/report-view";
import { WhoView } from "./_components/who-view";
import { WhyView } from "./_components/why-view";
import { ACCESS_TABS, accessHref, type AccessParams, type AccessTab, readAccessParams } from "./search-params";

export const metadata: Metadata = { title: "Access" };

const NAMES: Readonly<Record<AccessTab, string>> = {
  matrix: "Who may do what",
  who: "Who can …?",
  why: "Why can …?",
  report: "What stands out",
};

/** Choices that a form offers at most. */
const OFFERED = 100;

async function View({ tenant, params, zone }: { tenant: string; params: AccessParams; zone: string }) {
  if (params.tab === "matrix") return <MatrixView tenant={tenant} params={params} />;
  if (params.tab === "report") return <ReportView tenant={tenant} zone={zone} />;
  const api = await tenantApi(tenant);
  const { regions } = (await enterTenant(tenant)).here;
  const [flows, people] = await Promise.all([
    load(api.workflows.list({ limit: OFFERED })),
    load(api.members.list({ limit: OFFERED })),
  ]);
  const workflows = flows.rows.map(({ id, name }) => ({ id, name }));
  if (params.tab === "who") return <WhoView tenant={tenant} params={params} workflows={workflows} regions={regions} />;
  const holders = people.rows.map(({ id, name, email }) => ({ id, name: name ?? email }));
  // Whoever is asked about stays asked about, also where there are more members than a form offers.
  const { member } = params;
  const offered =
    member === undefined || holders.some(({ id }) => id === member)
      ? holders
      : [{ id: member, name: member }, ...holders];
  return <WhyView {...{ tenant, params, workflows, regions, holders: offered, zone }} />;
}

export default async function AccessPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const asked = readAccessParams(await searchParams);
  const zone = await readerZone();
  return (
    <>
      <PageHead
        title="Access"
        about="Who may do what in this tenant as it really is: its members, its keys, and the policy that decides today."
      />
      <LinkTabs
        label="Access"
        tabs={ACCESS_TABS.map((tab) => ({
          ...{ name: NAMES[tab], isHere: tab === asked.tab, href: accessHref(tenant, { tab }) },
        }))}
      />
      <View tenant={tenant} params={asked} zone={zone} />
    </>
  );
}
