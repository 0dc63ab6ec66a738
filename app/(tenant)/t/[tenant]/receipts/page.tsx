import type { Metadata } from "next";
import { Denied } from "@/app/_shared/notice";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ReceiptsTable } from "./_components/receipts-table";
import { readReceiptsParams } from "./search-params";

export const metadata: Metadata = { title: "Receipts" };

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReceiptsPage({ params, searchParams }: Props) {
  const { tenant } = await params;
  const { before, subject } = readReceiptsParams(await searchParams);
  const api = await tenantApi(tenant);
  const answer = await attempt(api.receipts.list({ before, subject }));
  const base = `/t/${tenant}/receipts`;
  const about =
    "Everything that was done here, in the order in which it was done. Each receipt holds the hash of the one before.";
  if (answer.denied !== null)
    return (
      <>
        <PageHead title="Receipts" about={about} />
        <Denied denial={answer.denied} />
      </>
    );
  const { rows, nextBefore } = answer.value;
  const ofSubject = subject === undefined ? "" : `&subject=${encodeURIComponent(subject)}`;
  return (
    <>
      <PageHead title="Receipts" about={about}>
        {subject === undefined ? null : <a href={base}>Show all receipts</a>}
      </PageHead>
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty title="No receipts here">Whatever changes something in this tenant leaves one.</Empty>
        ) : (
          <ReceiptsTable
            // Only what the table shows: a receipt's body may be long.
            rows={rows.map(({ id, seq, at, actor, action, subject: of, hash }) => ({
              ...{ id, seq, at, actor, action, subject: of, hash },
            }))}
            zone={await readerZone()}
            nextHref={nextBefore === null ? null : `${base}?before=${nextBefore}${ofSubject}`}
            firstHref={before === undefined ? null : `${base}${ofSubject.replace("&", "?")}`}
          />
        )}
      </Panel>
    </>
  );
}
