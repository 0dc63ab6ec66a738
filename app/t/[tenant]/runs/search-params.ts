import { z } from "zod";
import { dayParam } from "@/app/_shared/day-param";
import { cursorParam, hrefOf, textParam } from "@/app/_shared/page-params";
import { startOfDay } from "@/app/_shared/zone";
import { runFilterSchema } from "@/server/runs/schemas";

const { workflowId, status, environment, riskProfile, businessUnit, dataSensitivity, region } = runFilterSchema.shape;

const HOUR = 3_600_000;
/** How far back a list reaches, in milliseconds. */
const SPANS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR };
export const SPAN_WORDS = { hour: "last hour", day: "last 24 hours", week: "last 7 days", month: "last 30 days" };

const runsParamsSchema = z.object({
  status: status.catch(undefined),
  text: textParam,
  workflow: workflowId.catch(undefined),
  by: textParam,
  last: z.enum(["hour", "day", "week", "month"]).optional().catch(undefined),
  environment: environment.catch(undefined),
  risk: riskProfile.catch(undefined),
  sensitivity: dataSensitivity.catch(undefined),
  region: region.catch(undefined),
  unit: businessUnit.catch(undefined),
  from: dayParam,
  /** The last day, which is part of it. */
  to: dayParam,
  cursor: cursorParam,
});

type Params = z.output<typeof runsParamsSchema>;
export type RunFilters = Partial<Omit<Params, "cursor">>;

/** Which runs are asked for; what makes no sense is left out. */
export function readRunsParams(params: Readonly<Record<string, unknown>>) {
  const { cursor, ...filters } = runsParamsSchema.parse(params);
  return { cursor, filters };
}

/** True when these filters leave anything out. */
export const isNarrowed = (filters: RunFilters) => hrefOf("", { ...filters }) !== "";

/** The same as the server takes it: days as moments of the reader's zone, a span as the moment it reaches back to. */
export function asked(filters: RunFilters, zone: string, now: number) {
  const { workflow, by, risk, sensitivity, unit, last, from, to, ...rest } = filters;
  const since = last === undefined ? undefined : new Date(now - SPANS[last]).toISOString();
  return {
    ...rest,
    ...{ workflowId: workflow, startedBy: by, riskProfile: risk, dataSensitivity: sensitivity, businessUnit: unit },
    from: since ?? (from === undefined ? undefined : startOfDay(from, zone)),
    to: to === undefined ? undefined : startOfDay(to, zone, 1),
  };
}

/** The address of a page of runs. */
export const runsHref = (tenant: string, filters: RunFilters, cursor?: string) =>
  hrefOf(`/t/${tenant}/runs`, { ...filters, cursor });

/** Where the same runs are exported. */
export const exportHref = (tenant: string, filters: RunFilters) => hrefOf(`/t/${tenant}/runs/export`, { ...filters });
