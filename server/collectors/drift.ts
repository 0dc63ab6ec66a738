import { and, asc, eq, gte, isNull, or } from "drizzle-orm";
import { driftChecks, remediationTasks } from "@/db/schema";
import { type Collector, jsonDocument } from "./collector";

/** When the deployment was last compared with what it should be, and every difference that was open or was closed in the time. */
export const driftReport: Collector = {
  kind: "drift-report",
  collect: async ({ tx, tenantId, from, now }) => {
    const [last] = await tx.select().from(driftChecks);
    if (last === undefined) return [];
    const meanwhile = or(isNull(remediationTasks.closedAt), gte(remediationTasks.closedAt, from));
    const tasks = await tx
      .select()
      .from(remediationTasks)
      .where(and(eq(remediationTasks.tenantId, tenantId), meanwhile))
      .orderBy(asc(remediationTasks.id));
    const open = tasks.filter(({ closedAt }) => closedAt === null).length;
    const document = {
      // What went wrong may name parts of the deployment, which are no tenant's.
      lastCheck: { at: last.checkedAt.toISOString(), tookMs: last.tookMs, isFailed: last.fault !== null },
      differences: tasks.map(({ tenantId: _, dueAt, openedAt, closedAt, ...task }) => ({
        ...{ ...task, dueAt: dueAt.toISOString(), openedAt: openedAt.toISOString() },
        closedAt: closedAt?.toISOString() ?? null,
      })),
    };
    return [
      {
        ...{ subject: "deployment", title: open === 0 ? "Nothing differs" : `${open} open`, fileName: "drift.json" },
        ...{ ...jsonDocument(document), covers: { from, to: now } },
        facts: { open, inTime: tasks.length, checkedAt: last.checkedAt.toISOString(), isFailed: last.fault !== null },
      },
    ];
  },
};
