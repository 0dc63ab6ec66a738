import { z } from "zod";
import { dayParam } from "@/app/_shared/day-param";
import { hrefOf } from "@/app/_shared/page-params";
import { startOfDay } from "@/app/_shared/zone";
import { getDecisionSchema, listDecisionsSchema, summariseDecisionsSchema } from "@/server/decisions/schemas";

const { before, outcome, action, code, actor } = listDecisionsSchema.shape;
const decisionsParamsSchema = z.object({
  before: z.coerce.number().pipe(before.unwrap()).optional().catch(undefined),
  window: summariseDecisionsSchema.shape.window.catch("week"),
  ...{ outcome: outcome.catch(undefined), action: action.catch(undefined), code: code.catch(undefined) },
  actor: actor.catch(undefined),
  from: dayParam,
  /** The last day, which is part of it. */
  to: dayParam,
});
type Params = z.output<typeof decisionsParamsSchema>;
export type DecisionFilters = Omit<Params, "before" | "window">;

/** Which decisions are asked for; what makes no sense is left out. */
export function readDecisionsParams(params: Readonly<Record<string, unknown>>) {
  const { before: place, window, ...filters } = decisionsParamsSchema.parse(params);
  return { before: place, window, filters };
}

/** True when these filters leave anything out. */
export const isNarrowed = (filters: DecisionFilters) => hrefOf("", { ...filters }) !== "";

/** The same as the server takes it: days as moments, in the reader's zone. */
export const asked = ({ from, to, ...rest }: DecisionFilters, zone: string) => ({
  ...rest,
  from: from === undefined ? undefined : startOfDay(from, zone),
  to: to === undefined ? undefined : startOfDay(to, zone, 1),
});

/** The address of a page of decisions. */
export const decisionsHref = (
  tenant: string,
  { window, ...rest }: DecisionFilters & { window?: Params["window"]; before?: number | undefined },
) => hrefOf(`/t/${tenant}/policy/decisions`, { window: window === "week" ? undefined : window, ...rest });

/** A decision's number as its address says it; null for anything else. */
export function readNumber(text: string): number | null {
  const read = getDecisionSchema.shape.seq.safeParse(Number(/^[1-9]\d*$/.exec(text)?.[0]));
  return read.success ? read.data : null;
}
