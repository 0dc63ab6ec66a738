import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { kindWords } from "@/server/receipts/domain/reference";
import { ReceiptFilter } from "./_components/receipt-filter";
import { ReceiptsTable } from "./_components/receipts-table";
import { asked, isNarrowed, readReceiptsParams, receiptsHref } from "./search-params";

export const metadata: Metadata = { title: "Receipts" };

export default async function ReceiptsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { before, filters } = readReceiptsParams(await searchParams);
  const zone = await readerZone();
  const api = await tenantApi(tenant);
  const answer = await attempt(api.receipts.list({ ...asked(filters, zone), before }));
  const about =
    "Everything that was done here, in the order in which it was done. Each receipt holds the hash of the one before.";
  if (answer.denied !== null) return <DeniedPage title="Receipts" about={about} denial={answer.denied} />;
  const { rows, nextBefore } = answer.value;
  const [first] = rows;
  return (
    <>
      <PageHead title="Receipts" about={about}>
        <ButtonLink href={`/t/${tenant}/policy/decisions`}>Decisions</ButtonLink>
      </PageHead>
      <ReceiptFilter
        tenant={tenant}
        filters={filters}
        names={{ actor: first?.actorName ?? undefined, subject: first?.subjectName ?? undefined }}
      />
      <Panel isFlush>
        {rows.length > 0 ? (
          <ReceiptsTable
            tenant={tenant}
            // Only what the table shows: a receipt's body may be long.
            rows={rows.map(({ id: _id, body: _body, ...row }) => ({ ...row, kind: kindWords(row.subject) }))}
            zone={zone}
            {...pageLinks(before, nextBefore, (place) => receiptsHref(tenant, filters, place))}
          />
        ) : before === undefined && !isNarrowed(filters) ? (
          <Empty title="No receipts yet">Whatever changes something in this tenant leaves one.</Empty>
        ) : (
          <Empty title="No receipt matches" action={<a href={receiptsHref(tenant, {})}>Show all receipts</a>}>
            Nothing in the chain is all of this at once. Take a filter away, or widen the days: they are days of the
            zone {zone}.
          </Empty>
        )}
      </Panel>
    </>
  );
}
