import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { RANGE_DAYS } from "@/server/slos/schemas";

export type RangeDays = (typeof RANGE_DAYS)[number];
const isRange = (days: number): days is RangeDays => (RANGE_DAYS as readonly number[]).includes(days);

const DEFAULT_DAYS = 7;
const sloParamsSchema = z.object({ days: z.coerce.number().refine(isRange).catch(DEFAULT_DAYS) });

/** How many days are shown; what makes no sense is left out. */
export const readSloParams = (params: Readonly<Record<string, unknown>>): { days: RangeDays } =>
  sloParamsSchema.parse(params);

/** The address of one objective over so many days. */
export const sloHref = (tenant: string, sloId: string, days: RangeDays = DEFAULT_DAYS) =>
  hrefOf(`/t/${tenant}/slos/${sloId}`, { days: days === DEFAULT_DAYS ? undefined : days });
