import { and, eq, isNull } from "drizzle-orm";
import { quotaEpisodes } from "@/db/schema";
import { plansWithMore, planWords } from "@/policies/entitlements/more";
import { standingOf } from "@/server/entitlements";
import { defineRead, noInput, tenantItself } from "@/server/verb";
import { loadQuotas } from "./load-quotas";
import { planUse } from "./plan-quotas";

/** What a plan limits of runs, and what has more of it. */
interface PlanQuotasDto {
  /** Whose limits they are: a plan, or the trial of one. */
  title: string;
  /** Null: no limit. */
  concurrentRuns: number | null;
  runsPerMonth: number | null;
  /** Runs asked for this month (UTC). */
  startedThisMonth: number;
  /** Plans by the month that have more, with their prices. */
  moreConcurrentRuns: string[];
  moreRunsPerMonth: string[];
}

const more = (limit: "concurrentRuns" | "runsPerMonth", most: number | null) =>
  most === null ? [] : plansWithMore(limit, most);

/** What the tenant may have at a time and in a month, how many runs it has, and which quotas it meets now. */
export const getQuotas = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: async ({ ctx, tx, now }) => {
    const [known, { projection, access }, { started }, reached] = await Promise.all([
      loadQuotas(tx, ctx.tenantId),
      standingOf(tx, ctx.tenantId, now),
      planUse(tx, ctx.tenantId, now),
      tx
        .select({ quota: quotaEpisodes.quota, beganAt: quotaEpisodes.beganAt })
        .from(quotaEpisodes)
        .where(and(eq(quotaEpisodes.tenantId, ctx.tenantId), isNull(quotaEpisodes.endedAt))),
    ]);
    const { concurrentRuns, runsPerMonth } = access.limits;
    const plan: PlanQuotasDto | null =
      projection === null
        ? null
        : {
            ...{ title: planWords(projection), concurrentRuns, runsPerMonth, startedThisMonth: started },
            moreConcurrentRuns: more("concurrentRuns", concurrentRuns),
            moreRunsPerMonth: more("runsPerMonth", runsPerMonth),
          };
    return { ...known, plan, reached: reached.map(({ quota, beganAt }) => ({ quota, since: beganAt.toISOString() })) };
  },
});
