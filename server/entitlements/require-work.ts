import { and, eq, gte, lt, sql } from "drizzle-orm";
import { usageLedger } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { limitReached } from "@/server/kernel/errors";
import { monthOf } from "@/server/metering/domain/month";
import { standingOf } from "./gate";

/**
 * Refuses a new run (LimitReached) to a tenant that has used as many weighted tasks in the month (UTC) as its plan has at most. What
 * runs already finishes, so that the month may end a little above it. Costs nothing where a plan has no such limit.
 */
export async function requireWork(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const { projection, access } = await standingOf(tx, tenantId, now);
  const most = access.limits.wuCap;
  if (most === null) return;
  const { from, to, month } = monthOf(now);
  const { at, weightMilli } = usageLedger;
  const [row] = await tx
    .select({ milli: sql<number>`coalesce(sum(${weightMilli}), 0)`.mapWith(Number) })
    .from(usageLedger)
    .where(and(eq(usageLedger.tenantId, tenantId), gte(at, from), lt(at, to)));
  const used = Math.floor((row?.milli ?? 0) / 1_000);
  if (used < most) return;
  const plan = projection?.plan ?? "plan";
  throw limitReached(
    `No run starts: ${used.toLocaleString("en-US")} weighted tasks are used this month, and this ${plan} has ${most.toLocaleString("en-US")} at most. ` +
      `It goes on with ${to.toISOString().slice(0, 10)} (UTC), or at once with a larger plan.`,
    { limit: "wuCap", month, used, most, plan: projection?.plan ?? null },
  );
}
