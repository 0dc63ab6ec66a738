import { and, eq, sql } from "drizzle-orm";
import { runMonths, tenantQuotas } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { monthOf } from "@/server/metering/domain/month";

/** What of a plan's limits on runs is used, and what claims know of them. */
export interface PlanUse {
  /** Runs asked for this month (UTC), those that other runs call left out. */
  started: number;
  /** Runs at a time that claims take the plan to have; null: they know of no limit. */
  knownConcurrent: number | null;
}

/** Reads both, in one statement. */
export async function planUse(tx: Tx, tenantId: string, now: Date): Promise<PlanUse> {
  const ofMonth = and(eq(runMonths.tenantId, tenantId), eq(runMonths.month, monthOf(now).month));
  const started = tx.select({ started: runMonths.started }).from(runMonths).where(ofMonth);
  const known = tx
    .select({ known: tenantQuotas.planConcurrentRuns })
    .from(tenantQuotas)
    .where(eq(tenantQuotas.tenantId, tenantId));
  const [row] = await tx
    .select({
      started: sql<number>`coalesce((${started}), 0)`.mapWith(Number),
      knownConcurrent: sql<number | null>`(${known})`,
    })
    .from(sql`(values (1)) as one`);
  return row ?? { started: 0, knownConcurrent: null };
}

/** Lets claims know how many runs at a time a plan has; null where it limits none. What was set by hand stays beside it. */
export async function tellPlanQuota(tx: Tx, tenantId: string, planConcurrentRuns: number | null): Promise<void> {
  await tx
    .insert(tenantQuotas)
    .values({ tenantId, planConcurrentRuns })
    .onConflictDoUpdate({ target: tenantQuotas.tenantId, set: { planConcurrentRuns } });
}
