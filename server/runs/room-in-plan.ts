import { and, eq, gte, lt, sql } from "drizzle-orm";
import { usageLedger } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { beyondPlan, requireRuns, type Standing } from "@/server/entitlements";
import type { Refusal } from "@/server/kernel/errors";
import { monthOf } from "@/server/metering/domain/month";
import { planUse, tellPlanQuota } from "@/server/quotas";

/** Names the refusals of a start in a month that is full. */
const FULL_MONTH = { runsPerMonth: "runs-per-month", wuCap: "weighted-tasks" } as const;

/** Whether a refusal is of a month that is full: it does not pass by itself before the next one. */
export const isMonthFull = (reason: unknown): boolean => Object.values<unknown>(FULL_MONTH).includes(reason);

/** What a plan leaves for a run that would start. */
export interface PlanRoom {
  /** Runs that this month may have, this one included; null: as many as one likes. */
  mostStarted: number | null;
  whyFull: Refusal | null;
}

export const ANY_ROOM: PlanRoom = { mostStarted: null, whyFull: null };

/** Weighted tasks that the tenant finished in a month. */
async function workDone(tx: Tx, tenantId: string, { from, to }: { from: Date; to: Date }): Promise<number> {
  const { at, weightMilli } = usageLedger;
  const [row] = await tx
    .select({ milli: sql<number>`coalesce(sum(${weightMilli}), 0)`.mapWith(Number) })
    .from(usageLedger)
    .where(and(eq(usageLedger.tenantId, tenantId), gte(at, from), lt(at, to)));
  return Math.floor((row?.milli ?? 0) / 1_000);
}

/** What a month that is full has: which limit, of which plan, until when. */
function fullMonth(
  standing: Standing,
  now: Date,
  hit: { limit: "runsPerMonth" | "wuCap"; most: number; taken: number },
) {
  const { limit, most, taken } = hit;
  const { to } = monthOf(now);
  const words =
    limit === "runsPerMonth"
      ? `has ${most.toLocaleString("en-US")} runs a month, and all of this month's were started`
      : `has ${most.toLocaleString("en-US")} weighted tasks a month at most, and ${taken.toLocaleString("en-US")} are done`;
  return beyondPlan(standing, {
    ...{ limit, reason: FULL_MONTH[limit], allowed: most, taken, words },
    else: `The next month begins on ${to.toISOString().slice(0, 10)} (UTC).`,
    retryAfterSeconds: Math.ceil((to.getTime() - now.getTime()) / 1_000),
  });
}

/**
 * Whether the tenant's plan lets a run start (NotEntitled where it does not), and whether it has one left this month. Lets claims
 * know how many runs at a time it has, where they know another number.
 */
export async function roomInPlan(tx: Tx, tenantId: string, now: Date): Promise<PlanRoom> {
  const [standing, { started, knownConcurrent }] = await Promise.all([
    requireRuns(tx, tenantId, now),
    planUse(tx, tenantId, now),
  ]);
  const { concurrentRuns, runsPerMonth, wuCap } = standing.access.limits;
  if (knownConcurrent !== concurrentRuns) await tellPlanQuota(tx, tenantId, concurrentRuns);
  const room = { mostStarted: runsPerMonth, whyFull: null };
  if (runsPerMonth !== null && started >= runsPerMonth)
    return {
      ...room,
      whyFull: fullMonth(standing, now, { limit: "runsPerMonth", most: runsPerMonth, taken: started }),
    };
  if (wuCap === null) return room;
  // What runs already finishes, so that a month may end a little above it.
  const taken = await workDone(tx, tenantId, monthOf(now));
  return taken < wuCap ? room : { ...room, whyFull: fullMonth(standing, now, { limit: "wuCap", most: wuCap, taken }) };
}
