import { readerZone } from "@/app/_shared/reader";
import { csvLines, CSV_START } from "@/app/_shared/table/csv";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";
import { askedViews, readAuditorsParams } from "../search-params";

/** Rows that one file holds; where there are more, its last line says so. */
const ROWS_MAX = 20_000;

const words = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

/** Exports the log of what auditors were shown as CSV, newest first, narrowed as the page is. From our own pages only. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return words(403, "Exports are asked for on the product's own pages only.");
  const { tenant } = await params;
  const { filters } = readAuditorsParams(Object.fromEntries(new URL(request.url).searchParams));
  try {
    const ask = { ...askedViews(filters, await readerZone()), limit: 100 };
    let page = await (await limitedTenantApi(tenant)).members.auditorViews(ask);
    const api = await tenantApi(tenant);
    const lines: (string | null)[][] = [
      ["When", "Name", "E-mail", "Call", "Action", "Subject", "Called", "Asked", "Request"],
    ];
    for (;;) {
      for (const { at, name, email, procedure, action, subject, subjectName, asked, requestId } of page.rows)
        lines.push([at, name, email, procedure, action, subject, subjectName, asked, requestId]);
      if (page.nextCursor === null) break;
      if (lines.length > ROWS_MAX) {
        lines.push([`There is more than these ${ROWS_MAX} rows: narrow the days.`]);
        break;
      }
      page = await api.members.auditorViews({ ...ask, cursor: page.nextCursor });
    }
    return new Response(CSV_START + csvLines(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="auditor-views-${tenant}.csv"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return words(ERROR_STATUS[refusal.code], refusal.message);
  }
}
