import { and, eq, isNull, sql } from "drizzle-orm";
import { driftChecks, remediationTasks } from "@/db/schema";
import { defineRead, noInput } from "@/server/verb";
import { loadRemediations } from "./load";

/** When the deployment was last looked at, how that went, and how much is open in this tenant. */
export const getDriftStatus = defineRead({
  action: "remediation.read",
  input: noInput,
  load: loadRemediations,
  read: async ({ ctx, tx }) => {
    const [last] = await tx.select().from(driftChecks);
    const isOpen = and(eq(remediationTasks.tenantId, ctx.tenantId), isNull(remediationTasks.closedAt));
    const [open] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(remediationTasks)
      .where(isOpen);
    return {
      open: open?.count ?? 0,
      // What went wrong may name parts of the deployment: that it did is enough for the tenant.
      lastCheck:
        last === undefined
          ? null
          : {
              ...{ at: last.checkedAt.toISOString(), tookMs: last.tookMs, isFailed: last.fault !== null },
              fault: ctx.tenant.isOperator ? last.fault : null,
            },
    };
  },
});
