import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import { readerZone } from "@/app/_shared/reader";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { FeaturesPanel } from "./_components/features-panel";
import { SalePanel } from "./_components/sale-panel";
import { type Plan, countText, LIMIT_WORDS, SOURCE_WORDS, STATUS_WORDS } from "./_components/plan-words";

export const metadata: Metadata = { title: "Billing" };

const ABOUT = "What this tenant's plan is, how much of it is used, and what would open more.";

function PlanPanel({ plan, zone }: { plan: Plan["plan"]; zone: string }) {
  if (plan === null)
    return (
      <Panel title="Plan">
        <p>Nobody has bought or granted anything: the product itself, within the quotas of this deployment.</p>
      </Panel>
    );
  const { source, title, addOns, status, statusSince, periodEnd, graceUntil, cancelAtPeriodEnd } = plan;
  return (
    <Panel title="Plan">
      <Facts
        rows={[
          ["Plan", title ?? "Add-ons alone"],
          ["Add-ons", addOns.length === 0 ? "None" : addOns.join(", ")],
          ["Status", STATUS_WORDS[status] ?? `Not known here (${status})`],
          ["Since", <Moment key="since" at={statusSince} zone={zone} />],
          [cancelAtPeriodEnd ? "Ends" : "Good until", <Moment key="until" at={periodEnd} zone={zone} />],
          ...(graceUntil === null
            ? []
            : [["Grace until", <Moment key="grace" at={graceUntil} zone={zone} />] as const]),
          ["Said by", SOURCE_WORDS[source]],
          ["Catalogue", `Version ${plan.catalogueVersion}`],
        ]}
      />
    </Panel>
  );
}

function LimitsPanel({ limits, excess }: Pick<Plan, "limits" | "excess">) {
  const beyond = new Map(excess.map((each) => [each.limit, each.excess]));
  const lines = limits.map(({ limit, most, used }) => {
    const over = beyond.get(limit);
    const state = over === undefined ? "" : `${countText(over)} too many`;
    return { name: LIMIT_WORDS[limit], cells: [used === null ? "–" : countText(used), countText(most), state] };
  });
  return (
    <Panel title="Limits" isFlush>
      <LinesTable label="Limits" heads={["Used", "At most", "Beyond"]} lines={lines} />
    </Panel>
  );
}

export default async function BillingPage({ params }: TenantPageProps) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.billing.plan({})), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Billing" about={ABOUT} denial={answer.denied} />;
  const { plan, banner, limits, excess, features, sale } = answer.value;
  return (
    <>
      <PageHead title="Billing" about={ABOUT} />
      {banner === null ? null : (
        <Notice tone={banner.tone} title={banner.title}>
          {banner.text}
        </Notice>
      )}
      {excess.length === 0 ? null : (
        <Notice tone="wait" title="More is used than the plan has">
          Nothing is taken away. Nothing is added either, until it is within the limits below again.
        </Notice>
      )}
      <PlanPanel plan={plan} zone={zone} />
      <SalePanel tenant={tenant} sale={sale} />
      <LimitsPanel limits={limits} excess={excess} />
      <FeaturesPanel features={features} />
    </>
  );
}
