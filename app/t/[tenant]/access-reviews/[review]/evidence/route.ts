import { toCsv } from "@/app/_shared/table/csv";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi } from "@/app/_trpc/server";
import { evidenceTable } from "@/server/access-reviews/domain/evidence";
import { ERROR_STATUS } from "@/server/kernel/errors";

/**
 * Gives the evidence record of a closed review: exactly the bytes whose SHA-256 the closing receipt holds, or with
 * `?format=csv` the same as a table.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ tenant: string; review: string }> },
): Promise<Response> {
  const { tenant, review } = await params;
  try {
    const api = await limitedTenantApi(tenant);
    const { text, record, digest } = await api.accessReviews.evidence({ reviewId: review });
    const isTable = new URL(request.url).searchParams.get("format") === "csv";
    const { headers, rows } = evidenceTable(record);
    const [type, end] = isTable ? ["text/csv", "csv"] : ["application/json", "json"];
    return new Response(isTable ? toCsv(headers, rows) : text, {
      headers: {
        "content-type": `${type}; charset=utf-8`,
        "content-disposition": `attachment; filename="access-review-${review}.${end}"`,
        "x-record-digest": digest,
        ...{ "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return new Response(`${refusal.message}\n`, {
      status: ERROR_STATUS[refusal.code],
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
