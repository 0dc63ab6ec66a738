import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenancy";
import type { Limits } from "@/policies/entitlements/projection";
import { standingOf } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import { monthOf } from "@/server/metering/domain/month";
import { type Mark, markReached } from "./domain/usage-marks";
import { readUse } from "./read-use";

/** Limits of a month that people are told of. */
const TOLD = ["wuIncluded", "wuCap", "runsPerMonth"] as const satisfies readonly (keyof Limits)[];

/** A limit of a month of which a tenant has used so much. */
export interface MarkReached {
  /** `YYYY-MM`, UTC. */
  month: string;
  limit: (typeof TOLD)[number];
  mark: Mark;
  used: number;
  most: number;
}

/** How far a tenant has come with what its plan gives for the month: the largest mark of each limit that it has come to. */
export function usageMarks(ctx: { database: Database; clock: Clock; tenantId: string }): Promise<MarkReached[]> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const { access } = await standingOf(tx, ctx.tenantId, now);
    const use = await readUse(tx, ctx.tenantId, now);
    return TOLD.flatMap((limit) => {
      const [used, most] = [use[limit] ?? 0, access.limits[limit]];
      const mark = markReached(used, most);
      return mark === null || most === null ? [] : [{ month: monthOf(now).month, limit, mark, used, most }];
    });
  });
}
