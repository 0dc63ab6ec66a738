import { z } from "zod";
import { dayParam } from "@/app/_shared/day-param";
import { hrefOf } from "@/app/_shared/page-params";
import { CONTROL_STATES } from "@/server/compliance/domain/status";
import { startOfDay } from "@/app/_shared/zone";
import { PERIOD_DAYS_MAX } from "@/server/compliance/schemas";
import { AREAS } from "@/server/compliance/domain/words";

export const FRAMEWORKS = ["soc2", "iso27001"] as const;
export const FRAMEWORK_WORDS = { soc2: "SOC 2", iso27001: "ISO 27001:2022" } as const;

const complianceParamsSchema = z.object({
  framework: z.enum(FRAMEWORKS).optional().catch(undefined),
  area: z.enum(AREAS).optional().catch(undefined),
  state: z.enum(CONTROL_STATES).optional().catch(undefined),
  stance: z.enum(["owned", "supported"]).optional().catch(undefined),
  /** The day at whose end things are shown as they stood. */
  at: dayParam,
  /** The period that is looked back over, its last day included. */
  from: dayParam,
  to: dayParam,
});
export type ControlFilters = z.output<typeof complianceParamsSchema>;

/** Which controls are shown; what makes no sense is left out. */
export const readComplianceParams = (params: Readonly<Record<string, unknown>>): ControlFilters =>
  complianceParamsSchema.parse(params);

/** The address of the controls, narrowed. */
export const complianceHref = (tenant: string, filters: ControlFilters) => hrefOf(`/t/${tenant}/compliance`, filters);

const DAY_MS = 86_400_000;
/** How long is looked back where nobody says. */
const PERIOD_DAYS = 90;

/** The moment at which things are shown as they stood: the end of a day; undefined for now, and for a day that is not over. */
export function momentOf({ at }: ControlFilters, zone: string, now: number): string | undefined {
  const end = at === undefined ? undefined : startOfDay(at, zone, 1);
  return end !== undefined && Date.parse(end) <= now ? end : undefined;
}

/** The period that is looked back over, in the reader's days, and why it is not the one that was asked for. */
export function periodOf({ from, to }: ControlFilters, zone: string, now: number) {
  const end = to === undefined ? new Date(now).toISOString() : startOfDay(to, zone, 1);
  const last = Math.min(Date.parse(end), now);
  const period = (begin: string) => ({ from: begin, to: end });
  // From the beginning of a day: what looks once a night looks in each turn then, some minutes sooner or later.
  const first = new Date(last - PERIOD_DAYS * DAY_MS).toISOString().slice(0, 10);
  const usual = { from: startOfDay(first, zone), to: new Date(last).toISOString() };
  if (from === undefined) return { period: usual, fault: null };
  const begin = startOfDay(from, zone);
  if (begin >= end) return { period: usual, fault: "A period ends after it begins." };
  const isLong = Date.parse(end) - Date.parse(begin) > PERIOD_DAYS_MAX * DAY_MS;
  return isLong
    ? { period: usual, fault: `A period has ${PERIOD_DAYS_MAX} days at most.` }
    : { period: period(begin), fault: null };
}
