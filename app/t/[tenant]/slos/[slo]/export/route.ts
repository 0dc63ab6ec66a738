import { burnDownOption } from "@/app/_charts/burn-charts";
import { drawChart } from "@/app/_charts/draw";
import { FILE_PALETTE } from "@/app/_charts/palette";
import { readerZone } from "@/app/_shared/reader";
import { CSV_START, csvLines } from "@/app/_shared/table/csv";
import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS, notFound } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin } from "@/server/platform/incoming";
import { readSloParams } from "../../search-params";
import { type BurnSeries, burnSeries } from "../_components/burn-series";

const words = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

const file = (content: string, name: string, type: string) =>
  new Response(content, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });

/** A line for each part of the range: when it ended, what was counted in it, and what was left of the budget then. */
function csvOf({ left, rates }: BurnSeries): string {
  const leftAt = new Map(left.map((point) => [point.at, point.left]));
  return csvLines([
    ["Until (UTC)", "Good", "All", "Burn rate", "Budget left"],
    ...rates.map(({ at, good, total, burnRate }) => [
      ...[new Date(at).toISOString(), good, total, burnRate, leftAt.get(at) ?? null],
    ]),
  ]);
}

/** Exports an objective over a range, as CSV or as a drawing. From our own pages only, as other exports. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ tenant: string; slo: string }> },
): Promise<Response> {
  if (!isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL))
    return words(403, "Exports are asked for on the product's own pages only.");
  const { tenant, slo: sloId } = await params;
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const { days } = readSloParams(asked);
  try {
    const api = await limitedTenantApi(tenant);
    const [{ rows }, fine, long] = await Promise.all([
      ...([api.slos.list({}), api.slos.history({ sloId, days }), api.slos.history({ sloId, days: 90 })] as const),
    ]);
    const slo = rows.find(({ id }) => id === sloId);
    if (slo === undefined) throw notFound("objective");
    const series = burnSeries(slo, { fine, long }, days);
    const name = `${slo.sli}-${tenant}-${days}d`;
    if (asked["kind"] !== "svg") return file(CSV_START + csvOf(series), `${name}.csv`, "text/csv; charset=utf-8");
    const frame = { zone: await readerZone(), palette: FILE_PALETTE, marks: series.marks, range: series.range };
    return file(drawChart(burnDownOption(series.left, frame)), `${name}.svg`, "image/svg+xml");
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return words(ERROR_STATUS[refusal.code], refusal.message);
  }
}
