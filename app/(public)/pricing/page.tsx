import type { Metadata } from "next";
import { PageHead, Panel } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import { Presets } from "@/app/_shared/pricing/presets";
import { UsageForm } from "@/app/_shared/pricing/usage-form";
import { readUsageParams } from "@/app/_shared/pricing/usage-params";
import { Estimate } from "./_components/estimate";
import { FeaturesTable } from "./_components/features-table";
import { SkuCards } from "./_components/sku-cards";

export const metadata: Metadata = { title: "Pricing" };

export default async function PricingPage({ searchParams }: { searchParams: SearchParams }) {
  const { discount: _none, ...params } = await searchParams;
  const asked = readUsageParams(params);
  return (
    <>
      <PageHead
        title="Pricing"
        about="You pay for a plan, for people, and for tasks by what they weigh. Higher rates never begin with more use."
      />
      <SkuCards />
      <Panel title="What it would cost you">
        <Presets path="/pricing" />
        <UsageForm action="/pricing" asked={asked} names={["runs", "tasks", "weight", "seats", "rate", "hand"]} />
        <Estimate asked={asked} />
      </Panel>
      <Panel title="What is in each" isFlush>
        <FeaturesTable />
      </Panel>
    </>
  );
}
