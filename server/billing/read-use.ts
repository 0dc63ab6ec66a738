import { and, eq, gte, lt, sql } from "drizzle-orm";
import { runCounts, usageLedger } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Limits } from "@/policies/entitlements/projection";
import { seatsTaken } from "@/server/entitlements";
import { monthOf } from "@/server/metering/domain/month";
import { planUse } from "@/server/quotas";

/** How much a tenant uses of what plans limit: this month's runs and weighted tasks (UTC), and what there is now. */
export async function readUse(tx: Tx, tenantId: string, now: Date): Promise<Partial<Record<keyof Limits, number>>> {
  const { from, to } = monthOf(now);
  const { at, weightMilli } = usageLedger;
  const [seats, { started }, [month], [load]] = await Promise.all([
    seatsTaken(tx, tenantId),
    planUse(tx, tenantId, now),
    tx
      .select({
        weightMilli: sql<number>`coalesce(sum(${weightMilli}), 0)`.mapWith(Number),
      })
      .from(usageLedger)
      .where(and(eq(usageLedger.tenantId, tenantId), gte(at, from), lt(at, to))),
    tx
      .select({ running: sql<number>`coalesce(sum(${runCounts.running}), 0)`.mapWith(Number) })
      .from(runCounts)
      .where(eq(runCounts.tenantId, tenantId)),
  ]);
  const weighted = Math.ceil((month?.weightMilli ?? 0) / 1_000);
  return {
    ...{ seats, runsPerMonth: started, concurrentRuns: load?.running ?? 0 },
    ...{ wuIncluded: weighted, wuCap: weighted },
  };
}
