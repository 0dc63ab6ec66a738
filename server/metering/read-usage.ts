import { and, eq, gte, lt, sql } from "drizzle-orm";
import { usageLedger } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { daysUntil, type Month } from "./domain/month";
import { type Summary, summarise } from "./domain/summary";

/** What a tenant used in a month, from its ledger. */
export interface Usage extends Summary {
  /** `YYYY-MM`, UTC. */
  month: string;
  /** Runs of which a task finished in that month. */
  runs: number;
}

// Sums of whole numbers: a bigint stays exact as a number up to 2^53, nine million times a billion.
const asNumber = (
  column: typeof usageLedger.bytes | typeof usageLedger.weightMilli | typeof usageLedger.externalCalls,
) => sql<number>`sum(${column})`.mapWith(Number);

/** Reads a tenant's use of a month, with every day of it up to `now`. */
export async function readUsage(tx: Tx, tenantId: string, month: Month, now: Date): Promise<Usage> {
  const { at, taskType, durationBand } = usageLedger;
  const within = and(eq(usageLedger.tenantId, tenantId), gte(at, month.from), lt(at, month.to));
  const day = sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD')`;
  const [parts, [counted]] = await Promise.all([
    tx
      .select({
        ...{ day, taskType, durationBand, tasks: sql<number>`count(*)`.mapWith(Number) },
        weightMilli: asNumber(usageLedger.weightMilli),
        bytes: asNumber(usageLedger.bytes),
        externalCalls: asNumber(usageLedger.externalCalls),
      })
      .from(usageLedger)
      .where(within)
      .groupBy(day, taskType, durationBand),
    tx
      .select({ runs: sql<number>`count(distinct ${usageLedger.runId})`.mapWith(Number) })
      .from(usageLedger)
      .where(within),
  ]);
  return { month: month.month, runs: counted?.runs ?? 0, ...summarise(parts, daysUntil(month, now)) };
}
