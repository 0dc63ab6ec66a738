import type { Tx } from "@/db/tenancy";
import { beyondPlan, requireRuns } from "@/server/entitlements";
import type { Refusal } from "@/server/kernel/errors";
import { monthOf } from "@/server/metering/domain/month";
import { planUse, tellPlanQuota } from "@/server/quotas";

/** Names the refusal of a start beyond the month: it does not pass by itself before the next one. */
export const MONTH_IS_FULL = "runs-per-month";

/** What a plan leaves for a run that would start. */
export interface PlanRoom {
  /** Runs that this month may have, this one included; null: as many as one likes. */
  mostStarted: number | null;
  whyFull: Refusal | null;
}

export const ANY_ROOM: PlanRoom = { mostStarted: null, whyFull: null };

/**
 * Whether the tenant's plan lets a run start (NotEntitled where it does not), and whether it has one left this month. Lets claims
 * know how many runs at a time it has, where they know another number.
 */
export async function roomInPlan(tx: Tx, tenantId: string, now: Date): Promise<PlanRoom> {
  const [standing, { started, knownConcurrent }] = await Promise.all([
    requireRuns(tx, tenantId, now),
    planUse(tx, tenantId, now),
  ]);
  const { concurrentRuns, runsPerMonth } = standing.access.limits;
  if (knownConcurrent !== concurrentRuns) await tellPlanQuota(tx, tenantId, concurrentRuns);
  if (runsPerMonth === null || started < runsPerMonth) return { mostStarted: runsPerMonth, whyFull: null };
  const { to } = monthOf(now);
  const whyFull = beyondPlan(standing, {
    ...{ limit: "runsPerMonth", reason: MONTH_IS_FULL, allowed: runsPerMonth, taken: started },
    words: `has ${runsPerMonth.toLocaleString("en-US")} runs a month, and all of this month's were started`,
    else: `The next month begins on ${to.toISOString().slice(0, 10)} (UTC).`,
    retryAfterSeconds: Math.ceil((to.getTime() - now.getTime()) / 1_000),
  });
  return { mostStarted: runsPerMonth, whyFull };
}
