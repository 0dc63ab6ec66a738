import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { cursorParam, hrefOf, pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt, unlessSilent } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { OpenInvoices } from "../_components/open-invoices";
import { PaymentPanel } from "../_components/payment-panel";
import { InvoicesTable } from "./_components/invoices-table";

export const metadata: Metadata = { title: "Invoices" };

const ABOUT = "What was charged, what is open, and what comes next, as Stripe has it at this moment.";

export default async function InvoicesPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const cursor = cursorParam.parse((await searchParams).cursor);
  const api = await tenantApi(tenant);
  const here = `/t/${tenant}/billing/invoices`;
  const [answer, payment, zone] = await Promise.all([
    unlessSilent(attempt(api.billing.invoices(cursor === undefined ? {} : { cursor }))),
    unlessSilent(attempt(api.billing.payment({}))),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Invoices" about={ABOUT} denial={answer.denied} />;
  const page = answer.value;
  const paying = payment.denied === null ? payment.value : null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Invoices" about={ABOUT}>
        <ButtonLink href={`/t/${tenant}/billing`}>Billing</ButtonLink>
      </PageHead>
      {paying === null ? null : <OpenInvoices open={paying.open} zone={zone} />}
      <Panel isFlush>
        {page === null ? (
          <Notice tone="bad" title="Stripe does not answer at the moment">
            No invoice is lost. Load the page again in a minute.
          </Notice>
        ) : page.rows.length === 0 ? (
          <Empty title="No invoices yet">The first one is made when a plan is paid.</Empty>
        ) : (
          <InvoicesTable
            rows={page.rows}
            zone={zone}
            exportAction={`${here}/export`}
            {...pageLinks(cursor, page.nextCursor, (place) => hrefOf(here, { cursor: place }))}
          />
        )}
      </Panel>
      {page === null || page.rows.length === 0 ? null : <PaymentPanel payment={paying} zone={zone} />}
    </ApiProvider>
  );
}
