import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { listEntriesSchema } from "@/server/incidents/schemas";

const incidentParamsSchema = z.object({ cursor: listEntriesSchema.shape.cursor.catch(undefined) });

/** Which page of the timeline is asked for; what makes no sense is left out. */
export const readIncidentParams = (params: Readonly<Record<string, unknown>>) => incidentParamsSchema.parse(params);

/** The address of an incident, at a page of its timeline. */
export const incidentHref = (tenant: string, incidentId: string, cursor?: string) =>
  hrefOf(`/t/${tenant}/incidents/${incidentId}`, { cursor });
