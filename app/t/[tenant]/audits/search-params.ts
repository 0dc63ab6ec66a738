import { z } from "zod";
import { cursorParam, hrefOf } from "@/app/_shared/page-params";

const auditsParamsSchema = z.object({ cursor: cursorParam });
type Params = z.output<typeof auditsParamsSchema>;

/** Which page of audits is shown; what makes no sense is left out. */
export const readAuditsParams = (params: Readonly<Record<string, unknown>>): Params => auditsParamsSchema.parse(params);

/** The address of a page of audits. */
export const auditsHref = (tenant: string, params: Partial<Params>) => hrefOf(`/t/${tenant}/audits`, params);
