import { z } from "zod";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";
import { SEVERITIES } from "@/server/incidents/domain/severity";
import { INCIDENT_PARTS } from "@/server/incidents/schemas";

const incidentsParamsSchema = z.object({
  part: z.enum(INCIDENT_PARTS).default("unresolved").catch("unresolved"),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  text: textParam,
  cursor: cursorParam,
});

export type IncidentFilters = Partial<Omit<z.output<typeof incidentsParamsSchema>, "cursor">>;

/** Which incidents are asked for; what makes no sense is left out. */
export function readIncidentsParams(params: Readonly<Record<string, unknown>>) {
  const { cursor, ...filters } = incidentsParamsSchema.parse(params);
  return { cursor, filters };
}

/** The address of a page of incidents. */
export const incidentsHref = (tenant: string, { part, ...filters }: IncidentFilters, cursor?: string) =>
  hrefOf(`/t/${tenant}/incidents`, { part: part === "unresolved" ? undefined : part, ...filters, cursor });
