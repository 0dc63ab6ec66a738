import { fileResponse } from "@/app/_shared/file-response";
import { readerZone } from "@/app/_shared/reader";
import { csvLines, CSV_START } from "@/app/_shared/table/csv";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";
import { askedViews, readAuditorsParams } from "../search-params";

/** Rows that one file holds; where there are more, its last line says so. */
const ROWS_MAX = 20_000;

/** Exports the log of what auditors were shown as CSV, newest first, narrowed as the page is. From our own pages only. */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return new Response("Exports are asked for on the product's own pages only.\n", { status: 403 });
  const { tenant } = await params;
  const { filters } = readAuditorsParams(Object.fromEntries(new URL(request.url).searchParams));
  return fileResponse(async () => {
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
    const content = CSV_START + csvLines(lines);
    return { fileName: `auditor-views-${tenant}.csv`, mediaType: "text/csv; charset=utf-8", content };
  });
}
