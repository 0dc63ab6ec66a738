import { readerZone } from "@/app/_shared/reader";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi, tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";
import { asked, readRunsParams } from "../search-params";
import { runsCsv } from "./runs-csv";

/** Rows of one question; the most that a list gives. */
const PAGE = 100;

const words = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

const headersOf = (tenant: string, rows: number) => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="runs-${tenant}.csv"`,
  "cache-control": "private, no-store",
  "x-rows": String(rows),
});

/**
 * Exports the runs of the address' filter as CSV, over all pages. POST, as it leaves a receipt: from our own pages only.
 * What the reader may see is what the list shows them.
 */
export async function POST(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return words(403, "Exports are asked for on the product's own pages only.");
  const { tenant } = await params;
  const { filters } = readRunsParams(Object.fromEntries(new URL(request.url).searchParams));
  const filter = asked(filters, await readerZone(), Date.now());
  try {
    const { rows, isCut, before } = await (await limitedTenantApi(tenant)).runs.export(filter);
    const api = await tenantApi(tenant);
    const page = (cursor: string | undefined) => api.runs.list({ ...filter, to: before, cursor, limit: PAGE });
    const parts = runsCsv({ page, most: rows, isCut });
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const part = await parts.next();
        if (part.done === true) controller.close();
        else controller.enqueue(encoder.encode(part.value));
      },
      cancel: async () => {
        await parts.return(undefined);
      },
    });
    return new Response(body, { headers: headersOf(tenant, rows) });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return words(ERROR_STATUS[refusal.code], refusal.message);
  }
}
