import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { MONTH } from "@/server/metering/domain/month";

const usageParamsSchema = z.object({ month: z.string().regex(MONTH).optional().catch(undefined) });

/** Which month is asked for; what makes no sense is left out. */
export const readUsageParams = (params: Readonly<Record<string, unknown>>) => usageParamsSchema.parse(params);

/** The address of a month's usage. */
export const usageHref = (tenant: string, month: string | undefined) => hrefOf(`/t/${tenant}/metering`, { month });
