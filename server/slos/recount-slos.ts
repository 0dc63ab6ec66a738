import { sql } from "drizzle-orm";
import { sloPasses } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { REPLAY_DAYS } from "./domain/event";

/** What a recount found. */
export interface Recount {
  /** Rows of the ledger that were added up. */
  events: number;
  /** Minutes of which the sum that is kept is another. */
  different: number;
}

/** What the ledger holds whole: its oldest day may be half purged. */
const RECOUNTED_MS = (REPLAY_DAYS - 1) * 86_400_000;

/** Adds up every event of the last days that the ledger holds whole, and compares with the minutes that are kept. Both should say the same. */
export function recountSlos(database: Database, now: Date): Promise<Recount> {
  const since = sql`${new Date(now.getTime() - RECOUNTED_MS).toISOString()}::timestamptz`;
  return withSystem({ database }, "judge-slos", async (tx) => {
    const { rows } = await tx.execute<{ events: string; different: string }>(sql`
      with told as (
        select tenant_id, slo_id, generation, minute, sum(good) as good, sum(total) as total, count(*) as events
        from slo_events where minute > ${since} group by tenant_id, slo_id, generation, minute
      )
      select coalesce(sum(told.events), 0) as events,
        count(*) filter (where told.good is distinct from kept.good or told.total is distinct from kept.total) as different
      from told full join (select * from slo_minutes where minute > ${since}) kept
        using (tenant_id, slo_id, generation, minute)`);
    const [row] = rows;
    return { events: Number(row?.events ?? 0), different: Number(row?.different ?? 0) };
  });
}

/** Recounts, and notes with the last pass how many minutes differ: a monitoring system tells of it. */
export async function noteRecount(database: Database, now: Date): Promise<Recount> {
  const recount = await recountSlos(database, now);
  await withSystem({ database }, "judge-slos", (tx) =>
    tx
      .update(sloPasses)
      .set({ different: recount.different })
      .where(sql`minute = (select max(minute) from ${sloPasses})`),
  );
  return recount;
}
