import { z } from "zod";
import { cursorParam, hrefOf } from "@/app/_shared/page-params";
import { RUN_STATUSES, type RunStatus } from "@/server/runs/domain/status";

const runsParamsSchema = z.object({ status: z.enum(RUN_STATUSES).optional().catch(undefined), cursor: cursorParam });

/** Which runs are asked for; what makes no sense is left out. */
export const readRunsParams = (params: Readonly<Record<string, unknown>>) => runsParamsSchema.parse(params);

/** The address of a page of runs. */
export const runsHref = (tenant: string, at: { status?: RunStatus | undefined; cursor?: string | undefined }) =>
  hrefOf(`/t/${tenant}/runs`, { status: at.status, cursor: at.cursor });
