import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { listDrillsSchema } from "@/server/drills/schemas";

const drillsParamsSchema = z.object({ cursor: listDrillsSchema.shape.cursor.catch(undefined) });

/** Which page of the drills is asked for; what makes no sense is left out. */
export const readDrillsParams = (params: Readonly<Record<string, unknown>>) => drillsParamsSchema.parse(params);

/** The address of the drills, at a page of them. */
export const drillsHref = (tenant: string, cursor?: string) => hrefOf(`/t/${tenant}/drills`, { cursor });
