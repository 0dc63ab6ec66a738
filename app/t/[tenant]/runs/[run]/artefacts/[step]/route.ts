import { refusalIn } from "@/app/_trpc/load";
import { limitedTenantApi } from "@/app/_trpc/server";
import { ERROR_STATUS } from "@/server/kernel/errors";

/** Gives a file that an evidence step attached to a run. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ tenant: string; run: string; step: string }> },
): Promise<Response> {
  const { tenant, run, step } = await params;
  try {
    const api = await limitedTenantApi(tenant);
    // A route's parameters come decoded: doing so once more throws for whatever else was percent-encoded.
    const { content, file, mediaType } = await api.runs.artefact({ runId: run, stepId: step });
    return new Response(content, {
      headers: {
        "content-type": `${mediaType}; charset=utf-8`,
        // Never shown as a page of ours, whatever it holds.
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file)}`,
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
