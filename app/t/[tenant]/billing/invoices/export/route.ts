import { csvLines, CSV_START } from "@/app/_shared/table/csv";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";

/** Longer lists are asked for at the seller itself. */
const MOST_PAGES = 50;

const words = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

const HEADERS = ["Number", "Made", "Status", "Total", "Paid", "Open", "Given back", "Currency", "Attempts"];
const units = (cents: number) => (cents / 100).toFixed(2);

/** Exports the invoices as CSV, over all pages, at most a thousand. From our own pages only, as other exports. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return words(403, "Exports are asked for on the product's own pages only.");
  const { tenant } = await params;
  try {
    const lines: (string | number | null)[][] = [HEADERS];
    let page = await (await limitedTenantApi(tenant)).billing.invoices({});
    const api = await tenantApi(tenant);
    for (let read = 1; ; read += 1) {
      for (const { number, madeAt, status, totalCents, paidCents, dueCents, refundedCents, ...row } of page.rows)
        lines.push([
          ...[number, madeAt, status, units(totalCents), units(paidCents), units(dueCents), units(refundedCents)],
          ...[row.currency.toUpperCase(), row.attempts],
        ]);
      if (page.nextCursor === null || read === MOST_PAGES) break;
      page = await api.billing.invoices({ cursor: page.nextCursor });
    }
    return new Response(CSV_START + csvLines(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="invoices-${tenant}.csv"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return words(ERROR_STATUS[refusal.code], refusal.message);
  }
}
