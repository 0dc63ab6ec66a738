import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { Notice } from "@/app/_shared/notice";
import { PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt, unlessSilent } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { BuyForm } from "./_components/buy-form";
import { ChangeNotice } from "./_components/change-notice";
import { FeaturesPanel } from "./_components/features-panel";
import { OFFERS } from "./_components/offers";
import { OpenInvoices } from "./_components/open-invoices";
import { PaymentPanel } from "./_components/payment-panel";
import { PlanPanel } from "./_components/plan-panel";
import { countText, LIMIT_WORDS, type Plan } from "./_components/plan-words";

export const metadata: Metadata = { title: "Billing" };

const ABOUT = "What this tenant's plan is, how much of it is used, and what would open more.";

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

function Notices({ answer: { banner, change, excess }, zone }: { answer: Plan; zone: string }) {
  return (
    <>
      {banner === null ? null : (
        <Notice tone={banner.tone} title={banner.title}>
          {banner.text}
        </Notice>
      )}
      {change === null ? null : <ChangeNotice change={change} zone={zone} />}
      {excess.length === 0 ? null : (
        <Notice tone="wait" title="More is used than the plan has">
          Nothing is taken away. Nothing is added either, until it is within the limits below again.
        </Notice>
      )}
    </>
  );
}

export default async function BillingPage({ params }: TenantPageProps) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.billing.plan({})), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Billing" about={ABOUT} denial={answer.denied} />;
  const { limits, excess, features, sale } = answer.value;
  const asked = sale.isOpen && sale.hasCustomer ? await unlessSilent(attempt(api.billing.payment({}))) : null;
  const payment = asked?.denied === null ? asked.value : null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Billing" about={ABOUT} />
      <Notices answer={answer.value} zone={zone} />
      {payment === null ? null : <OpenInvoices open={payment.open} zone={zone} />}
      <PlanPanel answer={answer.value} tenant={tenant} zone={zone} />
      {sale.isOpen && sale.whyNot === null ? (
        <Panel title="Choose a plan">
          <BuyForm offers={OFFERS} act="Go to payment" />
        </Panel>
      ) : null}
      {sale.isOpen && sale.hasCustomer ? (
        <PaymentPanel payment={payment} invoicesHref={`/t/${tenant}/billing/invoices`} zone={zone} />
      ) : null}
      <LimitsPanel limits={limits} excess={excess} />
      <FeaturesPanel features={features} />
    </ApiProvider>
  );
}
