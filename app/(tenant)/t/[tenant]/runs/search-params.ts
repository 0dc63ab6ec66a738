import { z } from "zod";
import { RUN_STATUSES, type RunStatus } from "@/server/runs/domain/status";

const runsParamsSchema = z.object({
  status: z.enum(RUN_STATUSES).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
});

/** Which runs are asked for; what makes no sense is left out. */
export function readRunsParams(params: Readonly<Record<string, unknown>>) {
  return runsParamsSchema.parse({ status: params.status, cursor: params.cursor });
}

/** The address of a page of runs. */
export function runsHref(
  tenant: string,
  { status, cursor }: { status?: RunStatus | undefined; cursor?: string },
): string {
  const params = new URLSearchParams();
  if (status !== undefined) params.set("status", status);
  if (cursor !== undefined) params.set("cursor", cursor);
  return `/t/${tenant}/runs${params.size === 0 ? "" : `?${params}`}`;
}
