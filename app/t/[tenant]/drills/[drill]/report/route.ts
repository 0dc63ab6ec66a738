import { refusalIn } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";
import { renderPdf } from "@/server/platform/pdf";
import { drillDocument } from "../../_components/drill-document";

const HEADERS = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

/** Gives the report of a drill: as Markdown, as it was sealed, or as a PDF of the same record. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string; drill: string }> },
): Promise<Response> {
  const { tenant, drill: drillId } = await params;
  const isPdf = new URL(request.url).searchParams.get("as") === "pdf";
  const file = `conductor-drill-${drillId.slice(-8)}.${isPdf ? "pdf" : "md"}`;
  const disposition = { "content-disposition": `attachment; filename="${file}"`, ...HEADERS };
  try {
    const { report, ...record } = await (await tenantApi(tenant)).drills.get({ drillId });
    if (!isPdf)
      return new Response(report, { headers: { "content-type": "text/markdown; charset=utf-8", ...disposition } });
    const at = new Date(record.startedAt);
    const bytes = await renderPdf({ title: `Incident drill: ${record.grade}`, at, content: drillDocument(record) });
    return new Response(bytes, { headers: { "content-type": "application/pdf", ...disposition } });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return new Response(`${refusal.message}\n`, {
      status: ERROR_STATUS[refusal.code],
      headers: { "content-type": "text/plain; charset=utf-8", ...HEADERS },
    });
  }
}
