import { and, eq, gt, lte, sql } from "drizzle-orm";
import { usageLedger } from "@/db/schema";
import { defineRead, noInput, tenantItself } from "@/server/verb";

const DAYS = 30;
const DAY_MS = 86_400_000;

/** What the tenant used in the thirty days up to now: runs, tasks, and what they weigh in thousandths. */
export const getRecentUse = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: async ({ ctx, tx, now }) => {
    const { at, runId, weightMilli, tenantId } = usageLedger;
    const from = new Date(now.getTime() - DAYS * DAY_MS);
    const [use] = await tx
      .select({
        runs: sql<number>`count(distinct ${runId})`.mapWith(Number),
        tasks: sql<number>`count(*)`.mapWith(Number),
        weightMilli: sql<number>`coalesce(sum(${weightMilli}), 0)`.mapWith(Number),
      })
      .from(usageLedger)
      .where(and(eq(tenantId, ctx.tenantId), gt(at, from), lte(at, now)));
    return { days: DAYS, runs: use?.runs ?? 0, tasks: use?.tasks ?? 0, weightMilli: use?.weightMilli ?? 0 };
  },
});
